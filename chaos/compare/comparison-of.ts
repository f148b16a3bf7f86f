import type { Comparison, RowResult } from './comparison-result.ts';
import type { PlannedComparison } from './plan-comparison.ts';
import { holdFactor } from './same-everywhere.ts';

/** Pure: it came to a verdict of its own; what was cut off begins again. */
export const isDone = ({ verdict }: RowResult): boolean => verdict !== 'aborted' && verdict !== 'missing';

/** Pure: the slowest recovery of a level that nobody helped, ms; 0 where none recovered. */
export function slowestSelfRecoveryMs(rows: readonly RowResult[]): number {
  return Math.max(
    0,
    ...rows
      .filter(({ answered }) => answered === 'nobody')
      .flatMap(({ figures }) => [figures?.recovery, figures?.writeOutage])
      .flatMap((span) => (span === undefined || span === null || span.healedByUs ? [] : [span.ms])),
  );
}

/** Pure: a comparison of what its rows came to. */
export function comparisonOf(planned: PlannedComparison, rows: readonly RowResult[]): Comparison {
  const { key, experiment, variant, seed, rps, holdMs, yardstick } = planned;
  return {
    key,
    experiment: experiment.name,
    ...(variant === undefined ? {} : { variant }),
    title: experiment.title,
    seed,
    rps,
    holdMs,
    yardstick: { slo: yardstick.name, objective: Number((100 * yardstick.objective).toFixed(4)) },
    heldLongEnough: holdMs >= holdFactor * slowestSelfRecoveryMs(rows),
    rows: [...rows],
  };
}

/** Pure: 0 all measured, 1 a row failed, 2 something is not known. */
export function comparisonExitCode({ rows, heldLongEnough }: Comparison): 0 | 1 | 2 {
  if (rows.some(({ verdict }) => verdict === 'fail')) return 1;
  return heldLongEnough && rows.every(({ verdict }) => verdict === 'pass') ? 0 : 2;
}
