import { expect, it } from 'vitest';
import { statusOf, statusText } from './status-text.ts';
import { begun, journal, scenarioNamed, type Timed } from './testing/played.ts';

const stateAfter = (...more: readonly Timed[]): string => {
  const events = journal([-60, begun(scenarioNamed('slow-provider'))], ...more);
  return statusText(statusOf(events, []), 0).split('\n')[0]!.split(': ')[1]!;
};
const ready: Timed = [-50, { type: 'ready', lab: 'x', home: '/x' }];

it('says how far a drill is, and nothing of what it hides', () => {
  expect(stateAfter()).toBe('the lab is being started');
  expect(stateAfter(ready)).toBe('users come');
  expect(stateAfter(ready, [80, { type: 'resolved', by: 'bob' }])).toBe(
    'bob says that it is over; the debrief follows',
  );
  expect(stateAfter(ready, [600, { type: 'time-up' }])).toBe('its time is up; the debrief follows');
});
