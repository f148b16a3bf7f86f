import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownAlerts } from '../known-alerts.ts';
import { type SilenceWords, silenceDraft } from './silence-draft.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const words: SilenceWords = {
  alert: 'CheckoutAvailability',
  owner: 'ana',
  for: '30m',
  reason: 'the database is moved',
  match: [],
};
const draft = (change: Partial<SilenceWords> = {}) => silenceDraft(1, { ...words, ...change }, now);

describe('a silence', () => {
  it('has an alert, an owner, a reason and an end', () => {
    expect(draft()).toEqual({
      matchers: [{ name: 'alertname', value: 'CheckoutAvailability', isRegex: false, isEqual: true }],
      startsAt: '2026-03-01T12:00:00.000Z',
      endsAt: '2026-03-01T12:30:00.000Z',
      createdBy: 'ana',
      comment: 'the database is moved',
    });
    const narrow = draft({ severity: 'page', match: ['instance=api-1', 'job=a=b'] });
    expect(narrow.matchers.map(({ name, value }) => [name, value])).toEqual([
      ['alertname', 'CheckoutAvailability'],
      ['severity', 'page'],
      ['instance', 'api-1'],
      ['job', 'a=b'],
    ]);
  });

  it('may be of any alert that passes Alertmanager, and of the log alerts', () => {
    for (const known of knownAlerts(1)) {
      const [, alert = ''] = known.split(' ');
      if (!alert.startsWith('Watchdog')) expect(draft({ alert }).matchers[0]?.value).toBe(alert);
    }
    expect(draft({ alert: 'PostgresFatal' })).toBeDefined();
  });

  it.each<[string, Partial<SilenceWords>, RegExp]>([
    ['an alert that there is not', { alert: 'CheckoutAvailabilty' }, /no alert CheckoutAvailabilty/],
    ['an alert of a higher level', { alert: 'ReplicationLag' }, /level 1 has no alert ReplicationLag/],
    ['the Watchdog', { alert: 'Watchdog' }, /the Watchdog cannot be silenced/],
    ['the silence of the Watchdog', { alert: 'WatchdogMissing' }, /past Alertmanager/],
    ['a page that is always a ticket', { alert: 'ComponentDown', severity: 'page' }, /never a page/],
    ['no owner', { owner: ' ' }, /it is empty \(--owner\)/],
    ['no reason', { reason: '' }, /it is empty \(--reason\)/],
    ['a reason of two lines', { reason: 'a\nb' }, /one line.*\(--reason\)/],
    ['no time', { for: '0s' }, /0s is no time \(--for\)/],
    ['a time that is none', { for: 'an hour' }, /an hour is no time/],
    ['more than a shift', { for: '8h1s' }, /8h1s is longer than a silence may last \(--for\): at most 8h/],
    ['a label without a value', { match: ['instance='] }, /no label and its value \(--match\)/],
    ['another alert name by a label', { match: ['alertname=Watchdog'] }, /no label and its value/],
  ])('is refused for %s, in one line', (_name, change, said) => {
    expect(() => draft(change)).toThrow(
      expect.objectContaining({ code: 'usage', toLine: expect.any(Function) }),
    );
    try {
      draft(change);
    } catch (error) {
      expect((error as { toLine(): string }).toLine()).toMatch(said);
    }
  });

  it('ends after it begins and within a shift, or is refused', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(100), fc.nat(100), (hours, minutes, seconds) => {
        const lasts = (hours * 60 + minutes) * 60 + seconds;
        const make = () => draft({ for: `${hours}h${minutes}m${seconds}s` });
        if (lasts === 0 || lasts > 8 * 3600) expect(make).toThrow();
        else expect((Date.parse(make().endsAt) - now.getTime()) / 1000).toBe(lasts);
      }),
    );
  });
});
