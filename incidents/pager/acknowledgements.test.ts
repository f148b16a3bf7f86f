import { expect, it } from 'vitest';
import { at, lab, numbered, told } from '../testing/told.ts';
import { acknowledgementsOf } from './acknowledgements.ts';
import type { Act } from './act.ts';
import { incidentsOf } from './incidents-of.ts';

it('who took an incident when, and what was open in it then', () => {
  const act = { lab, incident: '20261123-090005-l1', by: 'ana', after: 3 };
  const acts: Act[] = [
    { ...act, revision: 1, at: at(10), kind: 'acknowledge' },
    { ...act, revision: 2, at: at(11), kind: 'escalate' },
    { ...act, revision: 3, at: at(30), by: 'eve', kind: 'acknowledge' },
  ];
  const notifications = numbered([
    told('firing', 'page', 'Browse', 5),
    told('firing', 'page', 'Checkout', 6),
    told('resolved', 'page', 'Checkout', 8, { since: 6 }),
    told('firing', 'ticket', 'Browse', 20),
  ]);
  expect(acknowledgementsOf(incidentsOf({ lab, notifications, acts }).incidents)).toEqual([
    { incident: act.incident, at: at(10), by: 'ana', alerts: ['page Browse'] },
    { incident: act.incident, at: at(30), by: 'eve', alerts: ['page Browse', 'ticket Browse'] },
  ]);
});
