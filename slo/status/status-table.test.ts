import { expect, it } from 'vitest';
import type { LevelStatus, SloStatus } from './slo-status.ts';
import { statusTable } from './status-table.ts';

const slo = (changes: Partial<SloStatus>): SloStatus => ({
  name: 'checkout-availability',
  objective: 0.995,
  sli: 0.8,
  burn: [
    { window: '5s', burnRate: 40 },
    { window: '1m', burnRate: 14.44 },
  ],
  budget: {
    period: '12h',
    events: 80_000,
    syntheticEvents: 60_000,
    badEvents: 100,
    allowedEvents: 400.4,
    remainingEvents: 300.4,
    remainingRatio: 0.750_249,
    percentOf30d: 0.1,
  },
  firing: ['page', 'ticket'],
  ...changes,
});
const idle = ['5s', '1m'].map((window) => ({ window, burnRate: null }));
const level: LevelStatus = {
  level: 2,
  service: 'shop-l2',
  clock: 'drill',
  at: '2026-01-01T00:00:00.000Z',
  slos: [slo({}), slo({ name: 'idle', sli: null, burn: idle, firing: [] })],
  otherFiring: ['ReplicationLag'],
};

it('has a row for each SLO, and says what is synthetic and what is ×60', () => {
  expect(statusTable(level)).toBe(`level 2, shop-l2, drill clock, 2026-01-01T00:00:00.000Z
SLO                    objective  SLI now      5s    1m    budget left                of 30 days  firing
checkout-availability  99.5 %     80 %         40.0  14.4  75.02 %, 100 of 400 spent  0.1 %       page, ticket
idle                   99.5 %     no requests  -     -     75.02 %, 100 of 400 spent  0.1 %       -
5s to 1m: burn rate over that time; at 1 the budget lasts exactly 12h
budget left: of the bad requests that the objective allows in 12h (×60)
of 30 days: what they spent of that budget, at the level's declared load
75 % of the requests counted are the lab's synthetic quiet history
also firing: ReplicationLag`);
});

it('does not call a budget whole that is not', () => {
  const budget = { ...slo({}).budget, remainingRatio: 0.999_999 };
  expect(statusTable({ ...level, slos: [slo({ budget })] })).toContain('>99.99 %, 100 of 400 spent');
});
