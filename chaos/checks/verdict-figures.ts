import type { Verdict } from '../report/verdict.ts';
import { nameOf } from './alert-history.ts';
import { blindSpans } from './blindness.ts';
import { detections } from './detection.ts';
import { runIncidents } from './incidents.ts';
import type { Run } from './run.ts';
import { runSilences } from './silences.ts';

type Figures<K extends 'alerts' | 'incidents' | 'silences' | 'blind'> = NonNullable<Verdict[K]>;

/** From the injection; without one, from the start of the load. */
function clockOf({ times }: Run): (ms: number | undefined) => number | null {
  const zeroMs = times.injectedMs ?? times.loadFromMs ?? times.plannedMs;
  return (ms) => (ms === undefined ? null : Math.round(ms - zeroMs));
}

const parsed = (at: string | undefined): number | undefined =>
  at === undefined ? undefined : Date.parse(at);

/** What verdict.json tells of each alert. */
export function alertFigures(run: Run): Figures<'alerts'> {
  const after = clockOf(run);
  return detections(run).map((one) => ({
    alert: one.alert,
    severity: one.severity,
    standing: one.standing,
    ...(one.slo === undefined ? {} : { slo: one.slo.name }),
    firstBadMs: after(one.firstBadMs),
    crossingMs: after(one.crossingMs),
    pendingMs: after(one.pendingMs),
    firingMs: after(one.firingMs),
    deliveredMs: after(parsed(one.delivered?.receivedAt)),
    acknowledgedMs: after(one.acknowledged?.atMs),
    resolvedMs: after(parsed(one.resolved?.receivedAt)),
    predictedMs: one.predictedMs === null ? null : Math.round(one.predictedMs),
    predictedResolvedMs: after(one.resolutionMs),
    fromFirstBad: one.fromFirstBad,
  }));
}

/** What verdict.json tells of each incident. */
export function incidentFigures(run: Run): Figures<'incidents'> {
  const after = clockOf(run);
  return runIncidents(run).incidents.map(({ openedAt, resolvedAt, predictedResolutionMs, alerts }) => ({
    openedMs: after(Date.parse(openedAt)) ?? 0,
    resolvedMs: after(parsed(resolvedAt)),
    predictedResolvedMs: after(predictedResolutionMs),
    alerts: alerts.map(nameOf),
  }));
}

/** What verdict.json tells of each silence. */
export function silenceFigures(run: Run): Figures<'silences'> {
  const after = clockOf(run);
  return (runSilences(run) ?? []).map(({ silence, alerts }) => ({
    id: silence.id,
    owner: silence.createdBy,
    reason: silence.comment,
    fromMs: after(Date.parse(silence.startsAt)) ?? 0,
    toMs: after(Date.parse(silence.endsAt)) ?? 0,
    alerts: alerts.map(nameOf),
  }));
}

/** What verdict.json tells of the time in which a watcher saw nothing. */
export function blindFigures(run: Run): Figures<'blind'> {
  const after = clockOf(run);
  return blindSpans(run).map(({ by, what, pages, fromMs, toMs }) => ({
    by,
    what: [...what],
    pages,
    fromMs: after(fromMs) ?? 0,
    toMs: after(toMs),
  }));
}
