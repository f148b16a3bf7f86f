import { expect, it } from 'vitest';
import { isSilencedBy, matchersText, type SilenceMatcher } from './silence.ts';

const matcher = (
  name: string,
  value: string,
  how: Partial<SilenceMatcher> = {},
): { readonly matchers: SilenceMatcher[] } => ({
  matchers: [{ name, value, isRegex: false, isEqual: true, ...how }],
});
const labels = { alertname: 'ComponentDown', instance: 'api-1' };

it.each([
  [matcher('alertname', 'ComponentDown'), true, '{alertname="ComponentDown"}'],
  [matcher('alertname', 'Component'), false, '{alertname="Component"}'],
  [matcher('instance', 'api-.', { isRegex: true }), true, '{instance=~"api-."}'],
  [matcher('instance', 'pi-1', { isRegex: true }), false, '{instance=~"pi-1"}'],
  [matcher('instance', 'api-1', { isEqual: false }), false, '{instance!="api-1"}'],
  [matcher('instance', 'pg-.*', { isRegex: true, isEqual: false }), true, '{instance!~"pg-.*"}'],
  [matcher('sloth_id', ''), true, '{sloth_id=""}'],
  [matcher('sloth_id', 'x'), false, '{sloth_id="x"}'],
])('%j: %s', (silence, silenced, text) => {
  expect(isSilencedBy(silence, labels)).toBe(silenced);
  expect(matchersText(silence)).toBe(text);
});

it('needs all of its matchers', () => {
  const two = [...matcher('alertname', 'ComponentDown').matchers, ...matcher('instance', 'pg-1').matchers];
  expect(isSilencedBy({ matchers: two }, labels)).toBe(false);
  expect(isSilencedBy({ matchers: two }, { ...labels, instance: 'pg-1' })).toBe(true);
});
