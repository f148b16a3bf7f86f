import { FiredrillError } from '@firedrill/errors';
import { formatDuration, type Slo, sloCatalogue } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { spanOf } from '../engine/plan.ts';
import type { ExperimentAt } from '../experiments/experiment-at.ts';
import { predictedRecoveryMs } from './comparable.ts';

/** What everybody came to do: its objective is the one yardstick. */
const yardstickName = 'checkout-availability';

/** A hold is so many times the slowest recovery of a level by itself: then what was over is told apart from what was healed. */
export const holdFactor = 3;
/** A page comes, its runbook is walked, and what it did is seen to help. */
const runbookMs = 120_000;

/** Pure: what every one of the levels can carry, requests per second. */
export const commonRate = (levels: readonly Level[]): number =>
  Math.min(...levels.map(({ labRps }) => labRps));

/** Pure: the objective that every one of the levels promises, so the least strict of theirs. */
export function yardstickOf(levels: readonly Level[]): Slo {
  const [least] = levels
    .flatMap(({ number }) => sloCatalogue(number).filter(({ name }) => name === yardstickName))
    .toSorted((a, b) => b.errorBudget - a.errorBudget || a.level - b.level);
  if (least === undefined) throw new FiredrillError('internal', `no level has the SLO ${yardstickName}`);
  return least;
}

/** Pure: the shortest hold that tells the levels apart, ms. */
export function leastHoldMs(experiments: readonly ExperimentAt[], withRunbook: boolean): number {
  return Math.max(
    ...experiments.map(({ timeline }) => spanOf(timeline)),
    ...experiments.map((one) => holdFactor * predictedRecoveryMs(one)),
    withRunbook ? runbookMs : 0,
  );
}

/** Pure. @throws {FiredrillError} `usage` for a hold that was asked for and is too short. */
export function holdOf(leastMs: number, wantedMs: number | undefined): number {
  if (wantedMs === undefined || wantedMs >= leastMs) return wantedMs ?? leastMs;
  throw new FiredrillError('usage', `${formatDuration(wantedMs / 1000)} tells these levels not apart`, {
    where: '--hold',
    fix: `give at least ${formatDuration(Math.ceil(leastMs / 1000))}: ${holdFactor} times the slowest recovery, and time for a runbook where one is followed`,
  });
}
