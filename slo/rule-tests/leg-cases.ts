import { legDetection } from '../burn-rate/detection.ts';
import { predictedReset } from '../burn-rate/reset.ts';
import { threshold } from '../burn-rate/threshold.ts';
import type { Slo } from '../catalogue.ts';
import { formatDuration } from '../duration.ts';
import type { AlertWindows, WindowPair } from '../windows.ts';
import type { AlertCase, PastFault } from './alert-case.ts';

/** What one leg must say at one moment, alone: no other of its severity says it, too. */
export interface LegCase extends AlertCase {
  readonly pair: WindowPair;
}

/** How near θ an error ratio comes, over the whole long window. */
const nearness = 0.001;

interface Moment {
  readonly says: string;
  readonly fires: boolean;
  readonly fault: (leg: Leg) => PastFault;
}

interface Leg {
  readonly pair: WindowPair;
  /** θ. */
  readonly limit: number;
  /** Twice θ: it crosses in half of the long window, before any slower leg, and below the threshold of any quicker one. */
  readonly errorRatio: number;
  /** By the formula, from the first error. */
  readonly detectionSeconds: number;
  /** By the formula, from the last error. */
  readonly resetSeconds: number;
  /** Long enough to be detected, too short for a slower leg. */
  readonly faultSeconds: number;
  readonly evaluationSeconds: number;
}

const moments: readonly Moment[] = [
  {
    says: 'an evaluation before the formula says it fires',
    fires: false,
    fault: (leg) => during(leg, leg.detectionSeconds - leg.evaluationSeconds),
  },
  {
    says: 'an evaluation after the formula says it fires',
    fires: true,
    fault: (leg) => during(leg, leg.detectionSeconds + leg.evaluationSeconds),
  },
  {
    says: 'just under θ for the whole long window',
    fires: false,
    fault: ({ pair, limit }) => lasting(pair.longSeconds, limit * (1 - nearness)),
  },
  {
    says: 'just over θ for the whole long window',
    fires: true,
    fault: ({ pair, limit }) => lasting(pair.longSeconds, limit * (1 + nearness)),
  },
  {
    says: 'an evaluation before the formula says it resets',
    fires: true,
    fault: (leg) => after(leg, leg.resetSeconds - leg.evaluationSeconds),
  },
  {
    says: 'an evaluation after the formula says it resets',
    fires: false,
    fault: (leg) => after(leg, leg.resetSeconds + leg.evaluationSeconds),
  },
];

const lasting = (lastedSeconds: number, errorRatio: number): PastFault => ({
  errorRatio,
  lastedSeconds,
  endedSecondsAgo: 0,
});
const during = ({ errorRatio }: Leg, lastedSeconds: number): PastFault => lasting(lastedSeconds, errorRatio);
const after = ({ errorRatio, faultSeconds }: Leg, endedSecondsAgo: number): PastFault => ({
  errorRatio,
  lastedSeconds: faultSeconds,
  endedSecondsAgo,
});

/**
 * Pure: for each pair of windows and each SLO, when its alert must fire and when not, to one evaluation, by the formulas of
 * `burn-rate/`. `keep_firing_for` is not in it: the rules are evaluated at one moment only.
 */
export function legCases(
  slos: readonly Slo[],
  windows: AlertWindows,
  evaluationSeconds: number,
): readonly LegCase[] {
  return windows.pairs.flatMap((pair, pairIndex) => {
    const legs = new Map(slos.map((slo) => [slo, legOf(slo, pair, windows, evaluationSeconds)] as const));
    return undisturbed(legs).flatMap((together) =>
      moments.map(({ says, fires, fault }, index): LegCase => {
        const [short, long] = [formatDuration(pair.shortSeconds), formatDuration(pair.longSeconds)];
        const names = together.map(({ name }) => name).join(', ');
        return {
          name: `${pair.severity} ${pair.speed} (${short} and ${long}) is ${fires ? 'firing' : 'silent'} ${says}: ${names}`,
          pair,
          severity: pair.severity,
          fires,
          // Whatever looks further back, the slower leg too, then sees next to no errors. Without that the quick ticket would
          // never stand alone: with even traffic the slow one fires whenever it does.
          evenSeconds: pair.longSeconds,
          faults: new Map(together.map((slo) => [slo, fault(legs.get(slo)!)])),
          turn: pairIndex + index,
        };
      }),
    );
  });
}

function legOf(
  { errorBudget }: Slo,
  pair: WindowPair,
  windows: AlertWindows,
  evaluationSeconds: number,
): Leg {
  const limit = threshold(pair, errorBudget);
  const errorRatio = Math.min(1, 2 * limit);
  const detectionSeconds = legDetection(pair, errorBudget, { errorRatio })!;
  const faultSeconds = (detectionSeconds + pair.longSeconds) / 2;
  const alone = { ...windows, pairs: [pair] };
  const ended = { errorRatio, durationSeconds: faultSeconds };
  return {
    pair,
    limit,
    errorRatio,
    detectionSeconds,
    resetSeconds: predictedReset(alone, pair.severity, errorBudget, ended)!,
    faultSeconds,
    evaluationSeconds,
  };
}

/** SLOs whose faults fit into one traffic: of other operations, or slow beside failed. */
function undisturbed(legs: ReadonlyMap<Slo, Leg>): readonly (readonly Slo[])[] {
  const fit = (one: Slo, other: Slo): boolean =>
    !one.operations.some((operation) => other.operations.includes(operation)) ||
    (one.kind !== other.kind && legs.get(one)!.errorRatio + legs.get(other)!.errorRatio <= 1);
  const sets: Slo[][] = [];
  for (const slo of legs.keys()) {
    const set = sets.find((candidates) => candidates.every((other) => fit(slo, other)));
    if (set === undefined) sets.push([slo]);
    else set.push(slo);
  }
  return sets;
}
