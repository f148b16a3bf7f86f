import { experimentAt, experiments, type Verdict } from '@firedrill/chaos';
import { parseCell } from '@firedrill/chaos/suite';
import { expect, it } from 'vitest';
import { detectionCells } from './detection-cells.ts';
import {
  type DetectionRun,
  detectionFigures,
  detectionOf,
  isGoodEnough,
  leftToMeasure,
  withDetection,
} from './detection-result.ts';
import { detectionTable } from './detection-table.ts';

const run = (
  cell: string,
  seed: number,
  pages: readonly (readonly [number | null, number | null])[],
  counts = true,
) =>
  ({
    cell,
    seed,
    verdict: 'pass',
    counts,
    pages: pages.map(([crossingMs, measuredMs]) => ({
      alert: 'CheckoutAvailability',
      crossingMs,
      bestMs: crossingMs === null ? null : crossingMs + 600,
      measuredMs,
    })),
    loadBefore: 0.1,
    date: '2026-11-23',
    commit: 'c0ffee',
  }) satisfies DetectionRun;

it('has 12 named cells that there are, each with a page to measure, fast ones and partial ones', () => {
  expect(new Set(detectionCells).size).toBe(12);
  const partial = detectionCells.filter((name) => {
    const { experiment: of, variant, level } = parseCell(name);
    const experiment = experiments.find((one) => one.name === of)!;
    const { alerts, impact } = experimentAt(experiment, level, variant);
    expect(
      alerts.expected.filter(({ severity }) => severity === 'page'),
      name,
    ).not.toEqual([]);
    return Object.values(impact).every((ratio) => typeof ratio === 'number' && ratio <= 0.5);
  });
  expect(partial).toHaveLength(5);
});

it('divides where the windows decide, and subtracts where the pipeline does', () => {
  const figures = detectionFigures([
    run('a@1', 1, [
      [20_000, 20_600],
      [4_000, 5_000],
    ]),
    run('a@1', 2, [
      [40_000, 48_720],
      [4_000, 4_800],
    ]),
    run('b@1', 1, [[10_000, 11_660]]),
    run('b@1', 2, [[10_000, 99_000]], false),
  ]);
  expect(figures).toEqual({ ratio: 1.1, ratioOf: 3, excessMs: 900, excessOf: 2, without: 0 });
  expect(isGoodEnough(figures)).toBe(true);
  expect(isGoodEnough({ ...figures, ratio: 1.16 })).toBe(false);
  expect(isGoodEnough({ ...figures, excessMs: 1_501 })).toBe(false);
  expect(isGoodEnough({ ...figures, excessMs: undefined })).toBe(false);
});

it('is not good enough where a page never came', () => {
  const figures = detectionFigures([
    run('a@1', 1, [
      [20_000, null],
      [null, 3_000],
      [4_000, 4_700],
      [20_000, 20_700],
    ]),
  ]);
  expect(figures).toMatchObject({ without: 2, ratioOf: 1, excessOf: 1 });
  expect(isGoodEnough(figures)).toBe(false);
});

it('goes on where it stopped, and measures again what did not count', () => {
  const done = [run('a@1', 1, []), run('b@1', 1, [], false)];
  expect(leftToMeasure(['a@1', 'b@1'], 2, done)).toEqual([
    { cell: 'b@1', seed: 1 },
    { cell: 'a@1', seed: 2 },
    { cell: 'b@1', seed: 2 },
  ]);
  const again = run('b@1', 1, [[4_000, 5_000]]);
  expect(withDetection(done, again)).toEqual([done[0], again]);
});

it('reads the expected pages out of a verdict, and counts nothing that was not sound', () => {
  const fromFirstBad = { crossingMs: 4000, bestMs: 4600, measuredMs: 5000 };
  const alert = { severity: 'page', standing: 'expected', slo: 'checkout-availability', fromFirstBad };
  const checks = ['control', 'load-quality', 'watchers', 'witness'].map((name) => ({
    name,
    verdict: 'pass',
  }));
  const verdict = (changes: object) =>
    ({
      verdict: 'fail',
      checks: [...checks, { name: 'alert-contract', verdict: 'fail' }],
      alerts: [
        { ...alert, alert: 'CheckoutAvailability' },
        { ...alert, alert: 'BrowseAvailability', standing: 'allowed' },
        { ...alert, alert: 'PoolSaturation', severity: 'ticket' },
      ],
      ...changes,
    }) as unknown as Verdict;
  expect(detectionOf(verdict({}))).toEqual({
    verdict: 'fail',
    counts: true,
    pages: [{ alert: 'CheckoutAvailability', ...fromFirstBad }],
  });
  expect(detectionOf(verdict({ checks: checks.slice(1) })).counts).toBe(false);
  expect(detectionOf(verdict({ verdict: 'aborted' })).counts).toBe(false);
});

it('the table has a row a cell, the medians, and the command', () => {
  const runs = [run('a@1', 1, [[20_000, 20_600]]), run('a@1', 2, [], false), run('b@1', 1, [[4_000, 5_000]])];
  const text = detectionTable('f.json', { date: '2026-11-23', cores: 2, runs }, 'results');
  expect(text).toContain('| `a@1` | 1 of 2 | 20.00 s | 1.000 | – | 0 |');
  expect(text).toContain('| `b@1` | 1 of 1 | 4.00 s | – | 1.00 s | 0 |');
  expect(text).toContain('**1.000** (1 pages');
  expect(text).toContain('`pnpm bench detection`');
});
