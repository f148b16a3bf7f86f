import type { Comparison } from '@firedrill/chaos/compare';
import { expect, it } from 'vitest';
import { compareResultSchema } from './compare-result.ts';
import { compareTable } from './compare-table.ts';

const figures = {
  writeOutage: { ms: 90_300, healedByUs: true },
  requests: 1500,
  failedRequests: 880,
  fullOutageSeconds: 89.5,
  percentOf30d: 0.3453,
  page: 'CheckoutAvailability',
  pagedMs: 10_700,
  yardstickPageMs: 10_650,
  recovery: { ms: 90_000, healedByUs: true },
  acknowledged: 140,
  lost: 0,
  lostInPromise: 0,
  duplicated: 0,
  levers: [],
};
const row = {
  row: '1',
  level: 1,
  answered: 'nobody',
  objective: 99,
  verdict: 'pass',
  problems: [],
  figures,
  seconds: 250,
} satisfies Comparison['rows'][number];
const result = compareResultSchema.parse({
  date: '2026-01-01',
  commit: 'abc',
  cores: 2,
  cpu: 'any',
  key: 'compare-00000000',
  experiment: 'partition-primary',
  title: 'The database behind a black hole',
  seed: 3,
  rps: 10,
  holdMs: 90_000,
  yardstick: { slo: 'checkout-availability', objective: 99 },
  heldLongEnough: true,
  rows: [
    row,
    {
      ...row,
      row: '3+runbook',
      level: 3,
      answered: 'runbook',
      objective: 99.5,
      verdict: 'inconclusive',
      problems: ['inconclusive witness: not seen'],
      figures: {
        ...figures,
        writeOutage: { ms: 28_200, healedByUs: false },
        levers: [{ words: 'promote pg-2', doneMs: 27_000 }],
      },
    },
  ],
});

it('shows each level’s figures, what was the same, where it comes from, and what did not pass', () => {
  const text = compareTable('2026-01-01-compare.json', result);
  const lines = text.split('\n');
  expect(lines[2]).toContain('](docs/images/compare.svg)');
  expect(lines[4]).toBe(
    '| Level | No write acknowledged | Failed requests | As full outage | 30-day budget | Paged after | By the yardstick | Served again after | Orders lost |',
  );
  expect(lines[6]).toBe(
    '| 1 | ≥ 90 s (healed by us) | 880 of 1500 | 89.5 s | 0.345 % | 10.7 s (CheckoutAvailability) | 10.7 s | ≥ 90 s (healed by us) | 0 |',
  );
  expect(lines[7]).toMatch(/^\| 3, promoted by its runbook \(inconclusive\) \| 28\.2 s \|/);
  expect(text).toMatch(/\(seed 3\), the fault in for 90 s/);
  expect(text).toContain('level 3, promoted by its runbook: `promote pg-2` after 27.0 s');
  expect(text).toContain(
    'on 2026-01-01 at commit `abc` on 2 cores ([data](docs/results/2026-01-01-compare.json))',
  );
  expect(text).toContain('- 3, promoted by its runbook: inconclusive witness: not seen');
});

it('names the commits of rows that were made at several, and a hold that was too short', () => {
  const [first = row, second = row] = result.rows;
  const rows = [
    { ...first, commit: 'aaa' },
    { ...second, commit: 'bbb' },
  ];
  const text = compareTable('x.json', { ...result, heldLongEnough: false, rows });
  expect(text).toContain('at commits `aaa`, `bbb` on 2 cores');
  expect(text).toContain('- the hold was less than three times the slowest recovery');
});
