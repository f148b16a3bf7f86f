import { groupWaitMs } from '@firedrill/alerts';
import {
  alertWindows,
  type Clock,
  cadence,
  clientScrapeSeconds,
  crossing,
  eventRate,
  meanPipelineSeconds,
  type Pipeline,
  type Slo,
  type WindowPair,
} from '@firedrill/slo';
import type { AlertNotification, Plan } from '../journal/event.ts';
import { eventsOf, type Run } from './run.ts';
import { timeOf } from './run-times.ts';
import { eventsFor, levelOf, slosOf } from './slo-events.ts';

type Expected = Plan['alerts']['expected'][number];

/** The periods of a clock's pipeline, seconds; the first two add half of themselves to a detection on average. */
export function pipelineOf(clock: Clock): Pipeline {
  return {
    scrapeSeconds: clientScrapeSeconds[clock],
    evaluationSeconds: cadence[clock].signalsSeconds,
    groupWaitSeconds: groupWaitMs / 1000,
  };
}

/** One expected alert from the injection to its end; times in ms since the epoch, absent when it did not come so far. */
export interface Detection {
  readonly expected: Expected;
  readonly slo: Slo | undefined;
  readonly firstBadMs: number | undefined;
  /** The moment at which the ledger's own events cross θ in both windows of `pair`. */
  readonly crossingMs: number | undefined;
  readonly pair: WindowPair | undefined;
  readonly pendingMs: number | undefined;
  readonly firingMs: number | undefined;
  readonly delivered: AlertNotification | undefined;
  readonly resolved: AlertNotification | undefined;
  /**
   * From the injection: crossing plus the pipeline's mean delay, null when the events never cross; the plan's own
   * prediction where the alert is no SLO's.
   */
  readonly predictedMs: number | null;
  /** From the injection to the receiver; null when nothing came. */
  readonly measuredMs: number | null;
}

/** The expected alerts as they came. */
export function detections(run: Run): readonly Detection[] {
  return run.plan.alerts.expected.map((expected) => detectionOf(run, expected));
}

function detectionOf(run: Run, expected: Expected): Detection {
  const slo = slosOf(run).find((candidate) => candidate.alert === expected.alert);
  const { injectedMs } = run.times;
  const notifications = eventsOf(run, 'notification')
    .map((event) => event.notification)
    .filter((notification) => isFor(expected, notification));
  const delivered = notifications.find((notification) => notification.status === 'firing');
  const receivedMs = delivered === undefined ? undefined : Date.parse(delivered.receivedAt);
  const states = eventsOf(run, 'alert').filter((event) => isFor(expected, event));
  const at = (state: 'pending' | 'firing') => states.filter((event) => event.state === state).map(timeOf)[0];
  const crossed =
    slo === undefined || injectedMs === undefined ? undefined : crossingOf(run, slo, expected, injectedMs);
  return {
    expected,
    slo,
    firstBadMs: slo === undefined || injectedMs === undefined ? undefined : firstBad(run, slo, injectedMs),
    crossingMs: crossed?.atMs,
    pair: crossed?.pair,
    pendingMs: at('pending'),
    // Prometheus' own time; the journal's is that of the question that found it so.
    firingMs: delivered === undefined ? at('firing') : Date.parse(delivered.startsAt),
    delivered,
    resolved: notifications.findLast((notification) => notification.status === 'resolved'),
    predictedMs:
      slo === undefined
        ? expected.predictedMs
        : crossed === undefined || injectedMs === undefined
          ? null
          : Math.round(crossed.atMs - injectedMs + meanPipelineSeconds(pipelineOf(run.plan.clock)) * 1000),
    measuredMs:
      receivedMs === undefined || injectedMs === undefined ? null : Math.round(receivedMs - injectedMs),
  };
}

export function isFor(
  contract: { readonly alert: string; readonly severity: string },
  notification: { readonly alert: string; readonly severity: string },
): boolean {
  return contract.alert === notification.alert && contract.severity === notification.severity;
}

function crossingOf(run: Run, slo: Slo, expected: Expected, injectedMs: number) {
  const level = levelOf(run);
  return crossing(eventsFor(run, slo), {
    windows: alertWindows(run.plan.clock),
    severity: expected.severity,
    errorBudget: slo.errorBudget,
    historyPerSecond: level === undefined ? 0 : eventRate(slo, level, 'labRps'),
    fromMs: injectedMs,
  });
}

function firstBad(run: Run, slo: Slo, injectedMs: number): number | undefined {
  let first: number | undefined;
  for (const event of eventsFor(run, slo)) {
    if (event.outcome !== 'bad' || event.timeMs < injectedMs) continue;
    if (first === undefined || event.timeMs < first) first = event.timeMs;
  }
  return first;
}
