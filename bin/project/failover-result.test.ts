import { lossesOfALeader } from '@firedrill/chaos/bench';
import { expect, it } from 'vitest';
import { keepsThePromise, leftToLose, type MeasuredFailover } from './failover-result.ts';

const failover = (about: Partial<MeasuredFailover>): MeasuredFailover => ({
  timers: 'supported',
  loss: 'kill',
  outageSeconds: 5,
  leader: 'pg-2',
  acknowledged: 100,
  lost: 0,
  orders: 40,
  ordersLost: 0,
  backSeconds: 4,
  date: '2026-01-01',
  commit: 'abc',
  ...about,
});

it('goes on where it stopped, round by round', () => {
  expect(leftToLose('supported', 2, [])).toEqual([...lossesOfALeader, ...lossesOfALeader]);
  const done = [
    failover({}),
    failover({ loss: 'refuse' }),
    failover({ loss: 'refuse' }),
    failover({ timers: 'fast', loss: 'drop' }),
  ];
  expect(leftToLose('supported', 2, done)).toEqual(['drop', 'kill', 'drop']);
  expect(leftToLose('supported', 1, done)).toEqual(['drop']);
  expect(leftToLose('fast', 1, done)).toEqual(['kill', 'refuse']);
});

const all = (supported: number, fast: number): readonly MeasuredFailover[] =>
  lossesOfALeader.flatMap((loss) => [
    failover({ loss, outageSeconds: supported }),
    failover({ loss, timers: 'fast', outageSeconds: fast }),
  ]);

it('keeps its promise when nothing is lost and every median is short enough, and only then', () => {
  expect(keepsThePromise(all(23, 8))).toBe(true);
  expect(keepsThePromise(all(23.1, 8))).toBe(false);
  expect(keepsThePromise(all(23, 8.1))).toBe(false);
  expect(keepsThePromise([...all(20, 6), failover({ outageSeconds: 26 })])).toBe(true);
  expect(keepsThePromise([...all(20, 6), failover({ lost: 1 })])).toBe(false);
  expect(keepsThePromise([...all(20, 6), failover({ ordersLost: 1 })])).toBe(false);
  expect(keepsThePromise([...all(20, 6), failover({ outageSeconds: null })])).toBe(false);
  expect(keepsThePromise([...all(20, 6), failover({ backSeconds: null })])).toBe(false);
  expect(keepsThePromise(all(20, 6).slice(1))).toBe(false);
  expect(keepsThePromise(all(23.1, 8), ['fast'])).toBe(true);
  expect(keepsThePromise(all(23, 8.1), ['fast'])).toBe(false);
});
