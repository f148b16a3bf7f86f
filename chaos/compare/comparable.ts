import { drawTimes } from '../engine/draw-times.ts';
import { spanOf } from '../engine/plan.ts';
import { mayPage } from '../experiments/allowed.ts';
import { anyAlert } from '../experiments/any-alert.ts';
import type { ParsedExperiment } from '../experiments/experiment.ts';
import { type ExperimentAt, experimentAt } from '../experiments/experiment-at.ts';
import { wellAfter } from '../experiments/hypotheses.ts';

/** Pure: what an experiment does on a level, with its times drawn and nobody who acts by plan. */
export function untouchedAt(
  experiment: ParsedExperiment,
  level: number,
  variant: string | undefined,
  seed: number,
): ExperimentAt {
  const drawn = drawTimes(experimentAt(experiment, level, variant), seed);
  const timeline = drawn.timeline.map((step) => ({ ...step, atJitterMs: 0, durationJitterMs: 0 }));
  return { ...drawn, timeline, operator: [] };
}

/** Pure: how soon an experiment says that its users are served again by themselves, ms; 0 where it says nothing of that. */
export function predictedRecoveryMs({ recoversMs, impact }: ExperimentAt): number {
  const felt = Object.values(impact).map((one) => (typeof one === 'number' ? 0 : one.forMs));
  return Math.max(recoversMs ?? 0, ...felt);
}

const lostInPromotion = mayPage(
  'ReconcilerMismatch',
  'an order that a promotion loses has its money at the provider until it is given back',
);

/** Each ends after so long. */
const impactFor = (impact: ExperimentAt['impact'], forMs: number): ExperimentAt['impact'] =>
  Object.fromEntries(
    Object.entries(impact).map(([slo, one]) => [
      slo,
      { ratio: typeof one === 'number' ? one : one.ratio, forMs },
    ]),
  );

export interface Conditions {
  readonly level: number;
  /** From the first fault to the last heal, ms. */
  readonly holdMs: number;
  /** Requests per second. */
  readonly rps: number;
  /** Somebody follows a runbook: what was predicted of the users is no longer. */
  readonly answered: boolean;
}

/**
 * Pure: the same experiment under the conditions of a comparison. Its whole timeline is stretched alike, it is not ended by what it costs,
 * and whichever alerts fire, it asks only that the users are well before it and after it.
 */
export function comparable(at: ExperimentAt, { level, holdMs, rps, answered }: Conditions): ExperimentAt {
  const beginsMs = Math.min(...at.timeline.map(({ atMs }) => atMs));
  const factor = holdMs / spanOf(at.timeline);
  const stretched = (ms: number): number => Math.round(ms * factor);
  const after = at.hypotheses.filter(({ phase }) => phase === 'recovered');
  return {
    ...at,
    timeline: at.timeline.map((step) => {
      const fromMs = stretched(step.atMs - beginsMs);
      const toMs = stretched(step.atMs - beginsMs + step.durationMs);
      return { ...step, atMs: fromMs, durationMs: toMs - fromMs };
    }),
    impact: answered ? impactFor(at.impact, Math.round(holdMs / 2)) : at.impact,
    alerts: {
      expected: [],
      forbidden: [],
      allowed: [...anyAlert(level, 'a comparison asks who was hurt'), ...(answered ? [lostInPromotion] : [])],
    },
    hypotheses: [
      ...at.hypotheses.filter(({ phase }) => phase === 'control'),
      ...(after.length > 0 ? after : wellAfter),
    ],
    // Every request from the first to long after the heal may fail.
    abort: {
      badEventsAtMost: Math.ceil((rps * (at.controlMs + 2 * holdMs)) / 1000),
      alerts: [],
      queries: [],
    },
  };
}
