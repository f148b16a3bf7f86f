import type { Verdict } from '@firedrill/chaos';
import { parseCell } from '@firedrill/chaos/suite';
import { levelsWithSlos } from '@firedrill/slo';
import { expect, it } from 'vitest';
import { quietCells } from './quiet-cells.ts';
import { quietFigures, quietSchema, withQuietRun } from './quiet-result.ts';
import { quietTable } from './quiet-table.ts';

const verdict = (alerts: readonly object[]): Verdict =>
  ({
    verdict: alerts.length === 0 ? 'pass' : 'fail',
    checks: [
      {
        name: 'alert-contract',
        verdict: alerts.length === 0 ? 'pass' : 'fail',
        summary: 'said',
        evidence: [],
      },
    ],
    alerts,
    orders: { acknowledged: 900, lost: 0, duplicated: 0, unknown: 1 },
    budget: [{ badEvents: 3 }, { badEvents: 1 }],
  }) as unknown as Verdict;

const run = (traffic: string, level: number, alerts: readonly object[] = []) => ({
  traffic,
  level,
  for: '10m',
  seed: 1,
  ...quietFigures(verdict(alerts)),
  loadBefore: 0.2,
  date: '2026-11-23',
  commit: 'c0ffee',
});

it('keeps the name and the time of whatever fired, delivered or not, and nothing of what crossed alone', () => {
  const fired = [
    { alert: 'CheckoutLatency', severity: 'page', deliveredMs: 61_400, firingMs: 61_000 },
    { alert: 'ProbeFailing', severity: 'ticket', deliveredMs: null, firingMs: 90_000 },
    { alert: 'BrowseLatency', severity: 'page', deliveredMs: null, firingMs: null },
  ];
  expect(run('steady', 1, fired)).toMatchObject({
    verdict: 'fail',
    alerts: ['page CheckoutLatency after 61 s', 'ticket ProbeFailing after 90 s'],
    others: ['fail alert-contract: said'],
    badEvents: 3,
  });
});

it('replaces what was measured before, level by level and steady first', () => {
  const runs = [
    run('idle', 1),
    run('steady', 2),
    run('steady', 1, [{ deliveredMs: 1 }]),
    run('steady', 1),
  ].reduce(withQuietRun, []);
  expect(runs.map(({ traffic, level, verdict: said }) => `${traffic}@${level} ${said}`)).toEqual([
    'steady@1 pass',
    'idle@1 pass',
    'steady@2 pass',
  ]);
  const result = quietSchema.parse({ date: '2026-11-28', cores: 2, runs });
  expect(quietTable('x.json', result, 'results')).toContain(
    '| 1 | idle | 10m | 1 | pass | none | 3 | 900 / 0 / 0 |',
  );
});

it('is asked of every level, and of every kind of traffic', () => {
  const cells = quietCells.map((word) => parseCell(word));
  const steady = cells.filter(({ experiment }) => experiment === 'steady');
  expect(steady.map(({ level }) => level)).toEqual(levelsWithSlos());
  expect(new Set(cells.map(({ experiment }) => experiment))).toEqual(
    new Set(['steady', 'idle', 'collapsed', 'doubled']),
  );
});
