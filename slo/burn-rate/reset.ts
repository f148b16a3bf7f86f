import type { AlertWindows, Severity } from '../windows.ts';
import { legDetection } from './detection.ts';
import { threshold } from './threshold.ts';

export interface EndedFault {
  readonly errorRatio: number;
  readonly durationSeconds: number;
  /** Sloth has no `keep_firing_for`; our drill rules have. 0 by default. */
  readonly keepFiringSeconds?: number;
}

/**
 * Seconds from the end of a steady fault until an alert resolves, or `undefined` when it never fired. Each leg that was set
 * off holds it for short·(1−θ/E); the slow leg's is the longest, so a long fault resolves much later than a short one.
 */
export function predictedReset(
  windows: AlertWindows,
  severity: Severity,
  errorBudget: number,
  fault: EndedFault,
): number | undefined {
  let latest: number | undefined;
  for (const pair of windows.pairs) {
    if (pair.severity !== severity) continue;
    const fired = legDetection(pair, errorBudget, fault);
    if (fired === undefined) continue;
    const held = pair.shortSeconds * (1 - threshold(pair, errorBudget) / fault.errorRatio);
    latest = Math.max(latest ?? 0, held);
  }
  return latest === undefined ? undefined : latest + (fault.keepFiringSeconds ?? 0);
}
