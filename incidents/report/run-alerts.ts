import {
  eventsFor,
  isFor,
  plain,
  type ReportData,
  runSilences,
  silencedText,
  slosOf,
} from '@firedrill/chaos/report';
import type { Slo } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { alertName } from '../pager/incident.ts';
import { type Judged, saidByEvents } from './by-events.ts';
import type { AlertFacts, Span, Unfired } from './facts.ts';
import type { RunAsked } from './run-asked.ts';
import { spanOf, stretchAround } from './stretch.ts';
import { utc } from './utc.ts';

/** What the run's own detection says of an alert's first time; what came again, or without a fault, is told by the events alone. */
export function alertsOf({ incident, data, afterMs }: RunAsked): readonly AlertFacts[] {
  const { run, detections } = data;
  const { injectedMs } = run.times;
  return incident.alerts.map((one) => {
    const found = detections.find((detection) => isFor(detection, one));
    const deliveredMs = Date.parse(one.firedAt);
    const slo = slosOf(run).find(({ alert }) => alert === one.alert);
    const isFirst = found?.delivered?.receivedAt === one.firedAt && found.firstBadMs !== undefined;
    const predicted = found?.predictedMs ?? undefined;
    const known: Pick<AlertFacts, 'firstBadMs' | 'crossingMs' | 'predictedMs'> = isFirst
      ? {
          firstBadMs: found.firstBadMs,
          crossingMs: found.crossingMs,
          predictedMs:
            injectedMs === undefined || predicted === undefined ? undefined : injectedMs + predicted,
        }
      : slo === undefined
        ? {
            firstBadMs: undefined,
            crossingMs: undefined,
            predictedMs:
              injectedMs === undefined || predicted === undefined || injectedMs < afterMs
                ? undefined
                : injectedMs + predicted,
          }
        : saidByEvents(judgedBy(data, slo), one.severity, deliveredMs);
    return {
      name: alertName(one),
      alert: one.alert,
      severity: one.severity,
      ...known,
      firingMs: Date.parse(one.startsAt),
      deliveredMs,
      resolvedMs: one.resolvedAt === undefined ? undefined : Date.parse(one.resolvedAt),
    };
  });
}

const judgedBy = ({ run }: ReportData, slo: Slo): Judged => ({
  slo,
  events: eventsFor(run, slo),
  clock: run.plan.clock,
  level: levelByNumber(run.plan.level),
  historyToMs: run.times.historyToMs,
});

/**
 * The budget's incidents that this one's time touches, from the first bad event to the last recovery; where no fault was in, the time around
 * its opening in which the SLOs that paged kept failing.
 */
export function usersOf(
  { incident, data, afterMs }: RunAsked,
  alerts: readonly AlertFacts[],
): Span | undefined {
  const fromMs = Math.min(
    Date.parse(incident.openedAt),
    ...alerts.flatMap(({ firstBadMs = Infinity }) => firstBadMs),
  );
  const toMs = Date.parse(incident.recoveredAt ?? incident.resolved?.at ?? '') || Infinity;
  const touched = data.costs
    .flatMap(({ split }) => split.incidents)
    .filter((one) => one.fromMs <= toMs && (one.recoveredMs ?? Infinity) >= fromMs && one.fromMs >= afterMs);
  const spans: readonly Span[] =
    touched.length > 0
      ? touched.map((one) => ({ fromMs: one.fromMs, toMs: one.recoveredMs }))
      : slosOf(data.run)
          .filter(({ alert }) => alerts.some((one) => one.alert === alert))
          .flatMap((slo) => stretchAround(eventsFor(data.run, slo), Date.parse(incident.openedAt)) ?? []);
  return spanOf(spans);
}

/** Of the whole run: an alert that came in another incident of it is not missing. */
export function unfiredOf({ run, detections }: ReportData): readonly Unfired[] {
  // What was expected of a fault that never came is not missing.
  const injected = run.times.injectedMs !== undefined;
  const missing = detections.filter(
    ({ standing, delivered }) =>
      delivered === undefined && ((standing === 'expected' && injected) || standing === 'silent'),
  );
  return missing.map(({ alert, severity, standing, crossingMs, firingMs, slo }) => {
    const name = `${severity} ${alert}`;
    const held = (runSilences(run) ?? []).find(({ alerts }) =>
      alerts.some((one) => isFor(one, { alert, severity })),
    );
    if (held !== undefined) return { name, because: `it fired, ${plain(silencedText(held.silence))}` };
    if (firingMs !== undefined)
      return { name, because: `it fired at Prometheus at ${utc(firingMs)}, and reached nobody` };
    if (crossingMs !== undefined)
      return { name, because: `the users’ own requests crossed its threshold at ${utc(crossingMs)}` };
    const why = standing === 'expected' ? 'the experiment expected it' : 'its SLO burnt';
    return {
      name,
      because: slo === undefined ? why : `${why}, though the users’ own requests never crossed its threshold`,
    };
  });
}
