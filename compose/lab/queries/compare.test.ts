import { describe, expect, it } from 'vitest';
import { compareSnapshots } from './compare.ts';
import { queriesTable } from './queries-table.ts';
import type { Plan, Snapshot, Statement } from './snapshot.ts';

const statement = (node: string, queryId: string, calls: number, totalMs: number): Statement => ({
  node,
  queryId,
  query: `SELECT ${queryId}\n  FROM a_table`,
  calls,
  totalMs,
  rows: calls,
  blocks: 4 * calls,
});
const plan = (queryId: string, at: string, shape: string, durationMs: number): Plan => ({
  node: 'pg-1',
  queryId,
  at,
  shape,
  durationMs,
  text: `${shape}  (cost=…)`,
});
const snapshot = (at: string, statements: readonly Statement[], plans: readonly Plan[] = []): Snapshot => ({
  labId: 'id-l4',
  startedAt: '2026-01-01T00:00:00.000Z',
  at,
  statements: [...statements],
  plans: [...plans],
});

const first = snapshot(
  '2026-01-01T00:01:40.000Z',
  [statement('pg-1', 'a', 100, 1000), statement('pg-2', 'a', 100, 1000), statement('pg-1', 'gone', 5, 5)],
  [plan('a', '2026-01-01T00:01:00.000Z', 'Seq Scan a_table', 300)],
);
const second = snapshot(
  '2026-01-01T00:01:50.000Z',
  [
    statement('pg-1', 'a', 120, 1900),
    // It was started again and lost its counts.
    statement('pg-2', 'a', 10, 100),
    statement('pg-1', 'b', 10, 1000),
    statement('pg-1', 'gone', 5, 5),
  ],
  [
    ...first.plans,
    plan('a', '2026-01-01T00:01:45.000Z', 'Seq Scan a_table', 310),
    plan('a', '2026-01-01T00:01:46.000Z', 'Index Scan a_index', 270),
    plan('b', '2026-01-01T00:01:46.000Z', 'Sort', 400),
  ],
);

describe('how a statement is planned', () => {
  const plannedAs = (shape: string, at: string) =>
    snapshot(at, [
      { ...statement('pg-1', 'a', Date.parse(at), 5), planned: { shape, text: `${shape}  (cost=…)` } },
    ]);
  const then = plannedAs('Seq Scan a_table', '2026-01-01T00:01:40.000Z');

  it('is told of one that was never slow, too', () => {
    const text = queriesTable(compareSnapshots(then, undefined), 10);
    expect(text).toMatch(/^plan of SELECT a FROM a_table\n {2}Seq Scan a_table\n\nno call was slow enough/m);
  });

  it('is new where it was another before, and else is not', () => {
    const changed = compareSnapshots(plannedAs('Index Scan a_index', '2026-01-01T00:02:00.000Z'), then);
    expect(changed.rows[0]?.planned).toMatchObject({ shape: 'Index Scan a_index', was: 'Seq Scan a_table' });
    expect(queriesTable(changed, 10)).toMatch(
      /^ {2}new plan: Index Scan a_index\n {2}before: Seq Scan a_table$/m,
    );
    const same = compareSnapshots(plannedAs('Seq Scan a_table', '2026-01-01T00:02:00.000Z'), then);
    expect(same.rows[0]?.planned).toMatchObject({ was: null });
    // Not known of before, e.g. by a snapshot of an older version.
    const unknown = compareSnapshots(plannedAs('Sort', '2026-01-01T00:02:00.000Z'), first);
    expect(unknown.rows[0]?.planned).toMatchObject({ was: null });
  });
});

describe('what changed since an earlier moment', () => {
  const { rows, seconds, totalMs } = compareSnapshots(second, first);

  it('is the growth of each statement, over all servers, the longest first', () => {
    expect(seconds).toBe(10);
    expect(totalMs).toBe(2000);
    expect(rows.map(({ queryId, calls, totalMs: ms }) => [queryId, calls, ms])).toEqual([
      ['a', 30, 1000],
      ['b', 10, 1000],
    ]);
    expect(rows[0]).toMatchObject({
      meanMs: 1000 / 30,
      share: 0.5,
      callsPerSecond: 3,
      servers: { 'pg-1': 20, 'pg-2': 10 },
      before: { calls: 200, meanMs: 10, callsPerSecond: 2 },
    });
    expect(rows[1]?.before).toBeNull();
  });

  it('has the plans since then, and says which were not seen before', () => {
    expect(rows[0]?.plans).toMatchObject([
      { shape: 'Seq Scan a_table', times: 1, slowestMs: 310, isNew: false },
      { shape: 'Index Scan a_index', times: 1, isNew: true },
    ]);
    // A statement that was never slow before has no plan to differ from.
    expect(rows[1]?.plans).toMatchObject([{ shape: 'Sort', isNew: false }]);
  });

  it('reads as a table', () => {
    const text = queriesTable(compareSnapshots(second, first), 10);
    expect(text).toMatch(/^2\.0 s of statements in 10 s, since 2026-01-01T00:01:40\.000Z$/m);
    expect(text).toMatch(
      /^1\.00 +50 % +30 +3\.0 +33\.33 +was 10\.00, 2\.0\/s +.* pg-1 20, pg-2 10 +SELECT a FROM a_table$/m,
    );
    expect(text).toMatch(/^1\.00 +50 % +10 +1\.0 +100\.00 +new /m);
    expect(text).toMatch(/new plan, 1 ×, up to 270 ms: Index Scan a_index/);
  });
});

it('without an earlier moment all is told since the lab began, and nothing is new', () => {
  const report = compareSnapshots(first, undefined);
  expect(report.since).toBe(first.startedAt);
  expect(report.rows.map(({ queryId, before }) => [queryId, before])).toEqual([
    ['a', null],
    ['gone', null],
  ]);
  expect(queriesTable(report, 1)).not.toMatch(/\bnew\b/);
});
