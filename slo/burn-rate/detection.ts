import type { AlertWindows, Severity, WindowPair } from '../windows.ts';
import { threshold } from './threshold.ts';

export interface SteadyFault {
  /** The error ratio while the fault is in, 0 to 1. */
  readonly errorRatio: number;
  /** The error ratio before it; 0 by default. */
  readonly baselineRatio?: number;
  /** How much history there is before the fault, seconds; without a limit by default. */
  readonly historySeconds?: number;
  /** How long the fault stays in; without end by default. */
  readonly durationSeconds?: number;
}

/**
 * Seconds from the first error until one leg's two windows exceed θ, at a steady request rate; `undefined` when they never
 * do. The pipeline (scrape, evaluation, group wait) is not in it.
 *
 * Full history: W(θ−e₀)/(E−e₀). Young history H, while H + t < W: H(θ−e₀)/(E−θ).
 */
export function legDetection(pair: WindowPair, errorBudget: number, fault: SteadyFault): number | undefined {
  const limit = threshold(pair, errorBudget);
  const {
    errorRatio: ratio,
    baselineRatio: before = 0,
    historySeconds: history = Number.POSITIVE_INFINITY,
  } = fault;
  if (ratio <= limit) return undefined;
  const crossing = (window: number): number => {
    if (before >= limit) return 0;
    const young = (history * (limit - before)) / (ratio - limit);
    return history + young < window ? young : (window * (limit - before)) / (ratio - before);
  };
  const seconds = Math.max(crossing(pair.shortSeconds), crossing(pair.longSeconds));
  return seconds <= (fault.durationSeconds ?? Number.POSITIVE_INFINITY) ? seconds : undefined;
}

export interface PredictedDetection {
  readonly seconds: number;
  readonly pair: WindowPair;
}

/** The first leg of a severity that a steady fault sets off, or `undefined` when none will. */
export function predictedDetection(
  windows: AlertWindows,
  severity: Severity,
  errorBudget: number,
  fault: SteadyFault,
): PredictedDetection | undefined {
  let first: PredictedDetection | undefined;
  for (const pair of windows.pairs) {
    if (pair.severity !== severity) continue;
    const seconds = legDetection(pair, errorBudget, fault);
    if (seconds !== undefined && (first === undefined || seconds < first.seconds)) first = { seconds, pair };
  }
  return first;
}
