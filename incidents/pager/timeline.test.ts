import { expect, it } from 'vitest';
import { at, lab, numbered, page, told } from '../testing/told.ts';
import type { Act } from './act.ts';
import { incidentsOf } from './incidents-of.ts';
import { timelineOf, timelineSchema } from './timeline.ts';

it('tells what happened in its order: alerts, their ends, and who did what', () => {
  const act = { lab, incident: '20261123-090005-l1', by: 'ana', after: 1 };
  const acts: Act[] = [
    { ...act, revision: 1, at: at(9), kind: 'acknowledge' },
    { ...act, revision: 2, at: at(20), kind: 'note', text: 'the pool is dry' },
    { ...act, revision: 3, at: at(25), kind: 'escalate', to: 'eve' },
    { ...act, revision: 4, at: at(41), by: 'eve', kind: 'resolve', text: 'more connections', firing: [] },
  ];
  const [first, last] = page('Browse', 5, 40);
  const notifications = numbered([first!, told('firing', 'ticket', 'Browse', 7), last!]);
  const timeline = timelineOf(incidentsOf({ lab, notifications, acts }).incidents[0]!);
  expect(timelineSchema.parse(timeline)).toEqual(timeline);
  expect(timeline.map(({ at: when, by = '', text }) => [when, by, text])).toEqual([
    [at(5), '', 'page Browse fired: Browse is not well'],
    [at(7), '', 'ticket Browse fired: Browse is not well'],
    [at(9), 'ana', 'acknowledged'],
    [at(20), 'ana', 'noted: the pool is dry'],
    [at(25), 'ana', 'escalated to eve'],
    [at(40), '', 'page Browse ended'],
    [at(40), '', 'the last page has ended'],
    [at(41), 'eve', 'resolved: more connections'],
  ]);
});
