import { pipelineOf } from '@firedrill/chaos/report';
import {
  alertWindows,
  type BurningSpan,
  burningSpans,
  type Clock,
  eventRate,
  meanPipelineSeconds,
  type Slo,
  type SloEvent,
} from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import type { AlertFacts } from './facts.ts';
import { stretchAround } from './stretch.ts';

/** An SLO's own events, and on which windows they are judged. */
export interface Judged {
  readonly slo: Slo;
  readonly events: readonly SloEvent[];
  readonly clock: Clock;
  readonly level: Level;
  /** When the quiet history of the lab ended, where that is known. */
  readonly historyToMs?: number | undefined;
}

/** Pure: when the users' own events burnt enough for an alert of a severity. */
export function crossingsOf(
  { slo, events, clock, level, historyToMs }: Judged,
  severity: AlertFacts['severity'],
): readonly BurningSpan[] {
  return burningSpans(events, {
    windows: alertWindows(clock),
    severity,
    errorBudget: slo.errorBudget,
    historyPerSecond: eventRate(slo, level, 'labRps'),
    ...(historyToMs === undefined ? {} : { historyToMs }),
  });
}

/** Pure: what they say of an alert that was delivered: when it began for the users, and how soon it could have come. */
export function saidByEvents(
  judged: Judged,
  severity: AlertFacts['severity'],
  deliveredMs: number,
): Pick<AlertFacts, 'firstBadMs' | 'crossingMs' | 'predictedMs'> {
  const pipeline = pipelineOf(judged.clock);
  // Prometheus' windows end at scrapes: near θ it may see a crossing a moment before the events have it.
  const latestMs = deliveredMs + (pipeline.scrapeSeconds + pipeline.evaluationSeconds) * 1000;
  const crossingMs = crossingsOf(judged, severity).findLast(({ fromMs }) => fromMs <= latestMs)?.fromMs;
  return {
    firstBadMs: stretchAround(judged.events, crossingMs ?? deliveredMs)?.fromMs,
    crossingMs,
    predictedMs: crossingMs === undefined ? undefined : crossingMs + meanPipelineSeconds(pipeline) * 1000,
  };
}
