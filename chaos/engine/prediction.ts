import {
  type AlertWindows,
  alertWindows,
  budgetCost,
  type Clock,
  cadence,
  eventRate,
  predictedDetection,
  predictedReset,
  type Severity,
  type Slo,
} from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import type { Plan } from '../journal/event.ts';

/** What a fault is believed to do to one SLO. */
export interface Impact {
  readonly slo: Slo;
  /** While the fault is in, 0 to 1. */
  readonly errorRatio: number;
  /** How long it is in, ms. */
  readonly durationMs: number;
}

const faultOf = ({ errorRatio, durationMs }: Impact) => ({ errorRatio, durationSeconds: durationMs / 1000 });

/** From the first error to the crossing of θ, ms; `undefined` when it never crosses. The pipeline is not in it. */
export function detectionMs(windows: AlertWindows, severity: Severity, impact: Impact): number | undefined {
  const found = predictedDetection(windows, severity, impact.slo.errorBudget, faultOf(impact));
  return found === undefined ? undefined : Math.round(found.seconds * 1000);
}

/** From the heal to the end of the page, ms; 0 when none comes. */
export function resetMs(windows: AlertWindows, impact: Impact): number {
  return Math.round((predictedReset(windows, 'page', impact.slo.errorBudget, faultOf(impact)) ?? 0) * 1000);
}

/** From the injection to the end of an alert, what holds it included, ms; `undefined` when none comes. */
export function resolutionMs(clock: Clock, severity: Severity, impact: Impact): number | undefined {
  const { keepFiringSeconds } = cadence[clock];
  const fault = { ...faultOf(impact), keepFiringSeconds };
  const seconds = predictedReset(alertWindows(clock), severity, impact.slo.errorBudget, fault);
  return seconds === undefined ? undefined : Math.round(impact.durationMs + seconds * 1000);
}

/** What it costs: bad events at the rate that is really sent, and their share of the 30-day budget. */
export function cost(level: Level, impact: Impact): Plan['predictedBudget'][number] {
  const rate = eventRate(impact.slo, level, 'labRps');
  const badEvents = Math.round(rate * impact.errorRatio * (impact.durationMs / 1000));
  const percentOf30d = Number(budgetCost(impact.slo, level, badEvents).percentOf30d.toFixed(4));
  return { slo: impact.slo.name, badEvents, percentOf30d };
}
