import { expect, it } from 'vitest';
import type { Integrity } from '../../checks/integrity.ts';
import type { ReportData } from '../report-data.ts';
import { integrity } from './integrity.ts';

const lost = { order: 'o-1', message: 'order o-1, acknowledged as paid at 12:00, is gone' };
const stale = { order: 'o-2', message: 'order o-2: request 9 was shown paid by pg-3' };
const found: Integrity = {
  results: [
    {
      invariant: 10,
      promise: 'each customer sees their own writes',
      examined: 40,
      violations: [],
      unresolved: [],
      admitted: [stale],
    },
  ],
  orders: { acknowledged: 1200, lost: 0, duplicated: 0, unknown: 3 },
  lostInPromise: [lost],
  staleReads: [stale],
  promotions: [
    {
      from: 'pg-1',
      to: 'pg-2',
      fencedAt: '2026-11-23T06:00:01.000Z',
      promotedAt: '2026-11-23T06:00:02.000Z',
      lastReplayedAt: '2026-11-23T06:00:00.000Z',
    },
  ],
  divergences: [],
  problem: undefined,
  settled: true,
};

const shown = (data: Integrity): string =>
  integrity({ integrity: data, verdict: { orders: data.orders } } as unknown as ReportData);

it('shows what a promotion took and which reads were stale, each by name', () => {
  const text = shown(found);
  expect(text).toMatch(/\| 1,200 \| 0 \| 1 \| 0 \| 3 \| 1 \|/);
  expect(text).toMatch(
    /\| 10 \| \*\*pass\*\* \| each customer sees their own writes \| 40 \| 0 \| 0 \| 1 \|/,
  );
  expect(text).toContain('pg-1 was fenced at 2026-11-23T06:00:01.000Z');
  expect(text).toContain('- order o-1, acknowledged as paid at 12:00, is gone');
  expect(text).toContain('- order o-2: request 9 was shown paid by pg-3');
});

it('says that a promotion lost nothing', () => {
  expect(shown({ ...found, lostInPromise: [] })).toContain('Lost in promise: 0.');
});

it('says what a former primary alone had, and that it is gone', () => {
  const answer = { customer: 'c-1', key: 'k-1', status: 201, body: {}, orderId: null };
  const listed = { node: 'pg-1', fork: '0/22', end: '0/99', commits: 75, answers: [answer] };
  expect(shown({ ...found, divergences: [listed] })).toContain(
    'pg-1 had 75 commits that the new primary had not behind 0/22, up to 0/99, 1 of them with an answer for a customer; they were thrown away',
  );
  const unread = { node: 'pg-1', commits: 0, answers: [], problem: 'its disk is gone' };
  expect(shown({ ...found, divergences: [unread] })).toContain('That may not be all: its disk is gone.');
});

it('excuses nothing where nobody knows how far the standby had replayed', () => {
  const promotions = found.promotions.map(({ lastReplayedAt: _, ...promotion }) => promotion);
  expect(shown({ ...found, lostInPromise: [], promotions })).toContain(
    'Nothing that was acknowledged may be lost by that.',
  );
});
