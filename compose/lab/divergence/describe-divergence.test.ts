import { expect, it } from 'vitest';
import { describeDivergence } from './describe-divergence.ts';
import type { Divergence } from './divergence.ts';

const alone: Divergence = {
  node: 'pg-1',
  listedAt: '2026-11-29T01:25:53.232Z',
  timeline: 3,
  fork: '0/FFFFFFF0',
  end: '1/10',
  commits: [
    { xid: '828', lsn: '0/FFFFFFF8', at: '2026-11-29T01:24:00.000Z' },
    { xid: '829', lsn: '1/8', at: '2026-11-29T01:24:00.500Z' },
  ],
  rows: [
    { xid: '828', table: 'customer_order', row: { id: 'o-1' } },
    { xid: '828', table: 'outbox', row: { id: 1 } },
    { xid: '829', table: 'outbox', row: { id: 2 } },
  ],
};

it('says how much WAL, which commits and which rows a server has alone', () => {
  expect(describeDivergence(alone)).toBe(
    'only pg-1 has 32 bytes of WAL on timeline 3, from 0/FFFFFFF0 to 1/10: 2 commits, 3 rows (1 in customer_order, 2 in outbox)',
  );
});

it('says so when it committed nothing', () => {
  expect(describeDivergence({ ...alone, commits: [], rows: [] })).toMatch(/to 1\/10: 0 commits, 0 rows$/);
});

it('does not call whole what it could not read', () => {
  const { fork: _fork, end: _end, timeline: _timeline, ...unread } = alone;
  const problem = 'could not find file';
  expect(describeDivergence({ ...unread, commits: [], rows: [], problem })).toBe(
    'only pg-1 has ? bytes of WAL on timeline ?, from ? to ?: 0 commits, 0 rows; that may not be all: could not find file',
  );
});
