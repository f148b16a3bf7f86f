import { predictedDetection } from '../burn-rate/detection.ts';
import type { AlertWindows } from '../windows.ts';
import { atRiskShare, type Sla } from './sla.ts';

/** When each warning comes while requests fail at a steady ratio after a quiet period, seconds from the first failure. */
export interface SlaTiming {
  /** The first alert of the SLO, page or ticket; `undefined` when the ratio is within the SLO. */
  readonly warnedSeconds: number | undefined;
  readonly warnedBy: 'page' | 'ticket' | undefined;
  /** `SlaAtRisk`; `undefined` when the ratio never gets there. */
  readonly atRiskSeconds: number | undefined;
  /** The SLA is broken; `undefined` when the ratio is within it. */
  readonly brokenSeconds: number | undefined;
}

/** Pure: the ratio over a whole period P grows by E/P a second, so it reaches x after x·P/E. */
export function slaTiming(sla: Sla, windows: AlertWindows, errorRatio: number): SlaTiming {
  const reaches = (ratio: number): number | undefined =>
    errorRatio > ratio ? (ratio * windows.periodSeconds) / errorRatio : undefined;
  const fault = { errorRatio };
  const warnings = (['page', 'ticket'] as const).flatMap((severity) => {
    const found = predictedDetection(windows, severity, sla.slo.errorBudget, fault);
    return found === undefined ? [] : [{ severity, seconds: found.seconds }];
  });
  const first = warnings.toSorted((a, b) => a.seconds - b.seconds)[0];
  return {
    warnedSeconds: first?.seconds,
    warnedBy: first?.severity,
    atRiskSeconds: reaches(atRiskShare * sla.allowance),
    brokenSeconds: reaches(sla.allowance),
  };
}
