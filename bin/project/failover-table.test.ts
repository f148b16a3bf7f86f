import { expect, it } from 'vitest';
import { failoverTable } from './failover-table.ts';

const failover = (timers: 'supported' | 'fast', outageSeconds: number | null, lost = 0) => ({
  timers,
  loss: 'kill' as const,
  outageSeconds,
  leader: 'pg-2',
  acknowledged: 100,
  lost,
  orders: 40,
  ordersLost: 0,
  backSeconds: 4.2,
  date: '2026-01-01',
  commit: 'abc',
});

it('shows the medians of each loss with each timers, their ends, and what was lost in all', () => {
  const table = failoverTable('2026-01-01-failover.json', {
    date: '2026-01-01',
    commit: 'abc',
    cores: 2,
    failovers: [failover('supported', 20), failover('fast', 6), failover('supported', 23, 1)],
  }).split('\n');
  expect(table.slice(2, 4)).toEqual([
    '| killed with its Patroni (`kill -9`) | supported | 2 | 21.5 (20.0–23.0) | 200 / 1 | 80 / 0 | 4.2 |',
    '| killed with its Patroni (`kill -9`) | fast | 1 | 6.0 (6.0–6.0) | 100 / 0 | 40 / 0 | 4.2 |',
  ]);
  expect(table.at(-1)).toContain('[data](results/2026-01-01-failover.json)');
});

it('says where nobody took over', () => {
  const table = failoverTable('2026-01-01-failover.json', {
    date: '2026-01-01',
    commit: 'abc',
    cores: 2,
    failovers: [failover('fast', 6), failover('fast', null), failover('fast', 7)],
  });
  expect(table).toContain('| fast | 3 | 7.0 (6.0–> 60) |');
});

it('says which former leaders did not come back', () => {
  const lost = { ...failover('fast', 6), backSeconds: null, notBack: 'it is starting' };
  const failovers = [failover('fast', 6), lost];
  const table = failoverTable('x.json', { date: '2026-01-01', commit: 'abc', cores: 2, failovers });
  expect(table).toContain('| 80 / 0 | 4.2 (1 did not) |');
});
