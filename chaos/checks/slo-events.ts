import { type BurningOptions, eventRate, type Slo, type SloEvent, sloCatalogue } from '@firedrill/slo';
import { type Level, levels } from '@firedrill/topology';
import { perSecondSeries } from '../load/series.ts';
import type { Run } from './run.ts';

/** What an SLO counts: good and bad events, and those that its latency threshold turned bad. */
export interface SloCounts {
  readonly good: number;
  readonly bad: number;
}

/** The SLOs of the run's level; none for a level without a spec. */
export function slosOf(run: Run): readonly Slo[] {
  try {
    return sloCatalogue(run.plan.level);
  } catch {
    return [];
  }
}

/** As its topology declares it: the load of the quiet history, too. */
export function declaredLevelOf(run: Run): Level | undefined {
  return levels.find((level) => level.number === run.plan.level);
}

/** With the load that this run really sent: a comparison sends the same on every level. */
export function levelOf(run: Run): Level | undefined {
  const level = declaredLevelOf(run);
  return level && { ...level, labRps: run.plan.rps };
}

/** The quiet past that an SLO's windows reach back into. */
export function historyOf(run: Run, slo: Slo): Pick<BurningOptions, 'historyPerSecond' | 'historyToMs'> {
  const level = declaredLevelOf(run);
  const { historyToMs } = run.times;
  return {
    historyPerSecond: level === undefined ? 0 : eventRate(slo, level, 'labRps'),
    ...(historyToMs === undefined ? {} : { historyToMs }),
  };
}

/** The users' requests that count for an SLO, at the moment at which the metrics saw them. */
export function eventsFor(run: Run, slo: Slo): readonly SloEvent[] {
  const counted = new Set(slo.operations);
  const events: SloEvent[] = [];
  for (const { invoke, result } of run.operations) {
    if (invoke.retryOf !== undefined || result === undefined || result.sli === 'excluded') continue;
    if (!counted.has(invoke.operation)) continue;
    const slow = slo.thresholdSeconds !== undefined && result.latencyMs > slo.thresholdSeconds * 1000;
    const bad = slo.kind === 'latency' ? result.sli === 'good' && slow : result.sli === 'bad';
    events.push({ timeMs: result.at, outcome: bad ? 'bad' : 'good' });
  }
  return events;
}

/** Per second since the start of the load, in the second in which the metrics saw it. */
export function secondsFor(run: Run, slo: Slo): readonly SloCounts[] {
  const thresholdMs = (slo.thresholdSeconds ?? 0) * 1000;
  const [series] = perSecondSeries(run.operations, {
    startedAtMs: run.times.loadFromMs ?? 0,
    by: 'answered',
    groups: [
      {
        name: slo.name,
        operations: slo.operations,
        thresholdsMs: slo.kind === 'latency' ? [thresholdMs] : [],
      },
    ],
  });
  return (series?.seconds ?? []).map(({ good, bad, slow }) => {
    const late = slow[thresholdMs] ?? 0;
    return slo.kind === 'latency' ? { good: good + bad - late, bad: late } : { good, bad };
  });
}
