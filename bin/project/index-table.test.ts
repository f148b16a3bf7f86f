import { expect, it } from 'vitest';
import { indexTable } from './index-table.ts';

it('shows what each statement reads before and after, and how where that changed', () => {
  const figures = (meanMs: number, blocks: number, scans: string[]) => ({ meanMs, blocks, scans });
  const table = indexTable({
    file: '2026-01-01-indexes.json',
    result: {
      date: '2026-01-01',
      commit: 'abc',
      rows: { customer_order: 200_000, review: 5 },
      migrations: ['0030-a.level-2.sql'],
      statements: {
        same: { before: figures(0.5, 3, ['Index Scan x']), after: figures(0.5, 3, ['Index Scan x']) },
        better: {
          before: figures(40.04, 5103, ['Seq Scan r', 'Sort']),
          after: figures(1, 9, ['Index Scan r_i', 'Sort']),
        },
      },
    },
  }).split('\n');
  expect(table.slice(2, 4)).toEqual([
    '| better | 40.0 → 1.0 | 5103 → 9 | `Seq Scan r` → `Index Scan r_i` |',
    '| same | 0.50 → 0.50 | 3 → 3 |  |',
  ]);
});
