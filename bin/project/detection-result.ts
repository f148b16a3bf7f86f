import type { Verdict } from '@firedrill/chaos';
import { median } from '@firedrill/slo';
import { z } from 'zod';

const ms = z.number().nullable();
const pageSchema = z.strictObject({
  alert: z.string(),
  /** From the first bad event: until the users' own requests cross θ, the best possible delivery, and the delivery. */
  crossingMs: ms,
  bestMs: ms,
  measuredMs: ms,
});

const detectionRunSchema = z.strictObject({
  /** `failing-payment:50-percent@1`. */
  cell: z.string(),
  seed: z.number().int(),
  /** The run's own; where the control was not well or the alerting was blind, nothing is learnt of the detection. */
  verdict: z.string(),
  counts: z.boolean(),
  /** The pages that were expected. */
  pages: z.array(pageSchema),
  loadBefore: z.number(),
  /** The day on which it ran. */
  date: z.iso.date(),
  commit: z.string(),
});

/** `docs/results/<date>-detection.json`. */
export const detectionSchema = z.object({
  date: z.iso.date(),
  cores: z.number().int(),
  runs: z.array(detectionRunSchema),
});

export const detectionName = 'detection';

export type DetectionRun = Readonly<z.infer<typeof detectionRunSchema>>;
export type DetectionResult = Readonly<z.infer<typeof detectionSchema>>;

/** Above this the windows are measured, below it the pipeline. */
const windowMs = 10_000;
export const mostRatio = 1.15;
export const mostExcessMs = 1_500;

/** Pure: what a run's verdict says of its detection. */
export function detectionOf(verdict: Verdict): Pick<DetectionRun, 'verdict' | 'counts' | 'pages'> {
  const sound = ['control', 'load-quality', 'watchers', 'witness'].every(
    (name) => verdict.checks.find((check) => check.name === name)?.verdict === 'pass',
  );
  const pages = (verdict.alerts ?? [])
    .filter(
      ({ severity, standing, slo }) => severity === 'page' && standing === 'expected' && slo !== undefined,
    )
    .map(({ alert, fromFirstBad }) => ({ alert, ...fromFirstBad }));
  return { verdict: verdict.verdict, counts: sound && verdict.verdict !== 'aborted', pages };
}

/** Pure: the cells and seeds of which nothing that counts is there yet, seed by seed. */
export function leftToMeasure(
  cells: readonly string[],
  seeds: number,
  done: readonly DetectionRun[],
): readonly Pick<DetectionRun, 'cell' | 'seed'>[] {
  const all = Array.from({ length: seeds }, (_, index) => cells.map((cell) => ({ cell, seed: index + 1 })));
  return all
    .flat()
    .filter(({ cell, seed }) => !done.some((run) => run.counts && run.cell === cell && run.seed === seed));
}

/** Pure: a run takes the place of an earlier one of the same cell and seed. */
export function withDetection(runs: readonly DetectionRun[], run: DetectionRun): DetectionRun[] {
  return [...runs.filter(({ cell, seed }) => cell !== run.cell || seed !== run.seed), run];
}

export interface DetectionFigures {
  /** Measured ÷ best possible, in the median, of the pages whose crossing takes at least 10 s. */
  readonly ratio: number | undefined;
  readonly ratioOf: number;
  /** From the crossing to the delivery, in the median, of the others; ms. */
  readonly excessMs: number | undefined;
  readonly excessOf: number;
  /** Pages that never came, or whose own events never crossed θ: they are in neither figure. */
  readonly without: number;
}

/** Pure: the figures of some runs; those that do not count are left out. */
export function detectionFigures(runs: readonly DetectionRun[]): DetectionFigures {
  const pages = runs.filter(({ counts }) => counts).flatMap((run) => run.pages);
  const whole = pages.flatMap(({ crossingMs, bestMs, measuredMs }) =>
    crossingMs === null || bestMs === null || measuredMs === null ? [] : [{ crossingMs, bestMs, measuredMs }],
  );
  const slow = whole.filter(({ crossingMs }) => crossingMs >= windowMs);
  const quick = whole.filter(({ crossingMs }) => crossingMs < windowMs);
  return {
    ratio: median(slow.map(({ bestMs, measuredMs }) => measuredMs / bestMs)),
    ratioOf: slow.length,
    excessMs: median(quick.map(({ crossingMs, measuredMs }) => measuredMs - crossingMs)),
    excessOf: quick.length,
    without: pages.length - whole.length,
  };
}

/** Both figures are there and good enough, and no page is missing. */
export function isGoodEnough({ ratio, excessMs, without }: DetectionFigures): boolean {
  if (ratio === undefined || excessMs === undefined || without > 0) return false;
  return ratio <= mostRatio && excessMs <= mostExcessMs;
}
