import { groupIntervalMs, groupWaitMs } from '@firedrill/alerts';
import {
  alertWindows,
  type BurningSpan,
  burningSpans,
  type Clock,
  cadence,
  clientScrapeSeconds,
  eventRate,
  heldSpans,
  meanPipelineSeconds,
  meanResolutionSeconds,
  type Pipeline,
  type Slo,
  type WindowPair,
} from '@firedrill/slo';
import type { AlertNotification, Plan } from '../journal/event.ts';
import { type Taken, takenOf } from './acknowledged.ts';
import { type AlertName, alertStates, isFor, nameOf, type StateSeen } from './alert-history.ts';
import { eventsOf, type Run } from './run.ts';
import { declaredLevelOf, eventsFor, slosOf } from './slo-events.ts';
import { type Said, type Standing, standingOf } from './standing.ts';

export type Expected = Plan['alerts']['expected'][number];

/** The periods of a clock's pipeline, seconds; the first two add half of themselves to a detection on average. */
export function pipelineOf(clock: Clock): Pipeline {
  return {
    scrapeSeconds: clientScrapeSeconds[clock],
    evaluationSeconds: cadence[clock].signalsSeconds,
    groupWaitSeconds: groupWaitMs / 1000,
  };
}

/** One alert from the injection to its end. Moments in ms since the epoch, absent when they did not come; spans in ms. */
export interface Detection {
  readonly alert: string;
  readonly severity: 'page' | 'ticket';
  readonly standing: Standing;
  /** Why it is allowed, or must not come. */
  readonly reason: string | undefined;
  /** Where it is expected. */
  readonly contract: Expected | undefined;
  readonly slo: Slo | undefined;
  readonly firstBadMs: number | undefined;
  /** The moment at which the ledger's own events cross θ in both windows of `pair`. */
  readonly crossingMs: number | undefined;
  readonly pair: WindowPair | undefined;
  readonly pendingMs: number | undefined;
  readonly firingMs: number | undefined;
  readonly delivered: AlertNotification | undefined;
  readonly acknowledged: Taken | undefined;
  readonly resolved: AlertNotification | undefined;
  /** When the resolution should reach the receiver by the ledger's own events: they burn no more, it is held, it is told. */
  readonly resolutionMs: number | undefined;
  /** The same had the threshold been `nearThreshold` higher (`fromMs`) or lower (`toMs`): between them Prometheus may judge otherwise. Of pages only. */
  readonly resolutionRangeMs: { readonly fromMs: number; readonly toMs: number } | undefined;
  /**
   * From the injection: crossing plus the pipeline's mean delay, null when the events never cross; the plan's own
   * prediction where the alert is no SLO's.
   */
  readonly predictedMs: number | null;
  /** From the injection to the receiver; null when nothing came. */
  readonly measuredMs: number | null;
  /** From the first bad event: how long the crossing takes, the best that any alerting could reach, and what was. */
  readonly fromFirstBad: Readonly<Record<'crossingMs' | 'bestMs' | 'measuredMs', number | null>>;
}

const known = new WeakMap<Run, readonly Detection[]>();

/** Every alert that was expected, in the contract's order; then what else fired or should have, as it came. */
export function detections(run: Run): readonly Detection[] {
  const made = known.get(run) ?? detect(run);
  known.set(run, made);
  return made;
}

export const expectedDetections = (run: Run): readonly Detection[] =>
  detections(run).filter(({ standing }) => standing === 'expected');

function detect(run: Run): readonly Detection[] {
  const { alerts } = run.plan;
  const states = alertStates(run);
  const fired = [
    ...eventsOf(run, 'notification')
      .filter(({ notification }) => notification.status === 'firing')
      .map(({ notification }) => ({ ...notification, atMs: Date.parse(notification.startsAt) })),
    ...states.filter(({ state }) => state === 'firing'),
  ].sort((a, b) => a.atMs - b.atMs);
  const others = new Map(
    fired.filter(hasSeverity).flatMap((one) => {
      const said = standingOf(alerts, one);
      return said.standing === 'expected' ? [] : [[nameOf(one), { ...one, said }] as const];
    }),
  );
  const found = [
    ...alerts.expected.map((one) => detectionOf(run, states, one, { standing: 'expected' })),
    ...[...others.values()].map((one) => detectionOf(run, states, one, one.said)),
  ];
  return [...found, ...silent(run, states, found)];
}

const hasSeverity = <T extends AlertName>(one: T): one is T & { severity: 'page' | 'ticket' } =>
  one.severity === 'page' || one.severity === 'ticket';

/** Pages whose events crossed θ, though none fired and none was expected. */
function silent(run: Run, states: readonly StateSeen[], found: readonly Detection[]): readonly Detection[] {
  return slosOf(run)
    .map(({ alert }) => ({ alert, severity: 'page' as const }))
    .filter((page) => !found.some((one) => isFor(one, page)))
    .map((page): Detection => {
      const { standing, reason } = standingOf(run.plan.alerts, page);
      const said: Said = { standing, ...(reason === undefined ? {} : { reason }) };
      return { ...detectionOf(run, states, page, said), standing: 'silent' };
    })
    .filter(({ crossingMs }) => crossingMs !== undefined);
}

function detectionOf(
  run: Run,
  states: readonly StateSeen[],
  name: Pick<Detection, 'alert' | 'severity'>,
  { standing, reason }: Said,
): Detection {
  const { alert, severity } = name;
  const { clock, alerts } = run.plan;
  const { injectedMs } = run.times;
  const contract = alerts.expected.find((one) => isFor(one, name));
  const slo = slosOf(run).find((candidate) => candidate.alert === alert);
  const notifications = eventsOf(run, 'notification')
    .map((event) => event.notification)
    .filter((notification) => isFor(name, notification));
  const delivered = notifications.find((notification) => notification.status === 'firing');
  const receivedMs = delivered === undefined ? undefined : Date.parse(delivered.receivedAt);
  const own = states.filter((one) => isFor(name, one));
  // Prometheus' own time; the journal's is that of the question that found it so.
  const firingMs =
    delivered === undefined
      ? own.find(({ state }) => state === 'firing')?.atMs
      : Date.parse(delivered.startsAt);
  const lastFired = notifications.findLast((notification) => notification.status === 'firing');
  const seen =
    slo === undefined || injectedMs === undefined
      ? undefined
      : seenIn(run, slo, severity, injectedMs, Date.parse(lastFired?.receivedAt ?? ''));
  const pipelineMs = meanPipelineSeconds(pipelineOf(clock)) * 1000;
  const after = (fromMs: number | undefined, ms: number | undefined): number | null =>
    fromMs === undefined || ms === undefined ? null : Math.round(ms - fromMs);
  const bestMs = seen?.crossingMs === undefined ? undefined : seen.crossingMs + pipelineMs;
  return {
    alert,
    severity,
    standing,
    reason,
    contract,
    slo,
    firstBadMs: seen?.firstBadMs,
    crossingMs: seen?.crossingMs,
    pair: seen?.pair,
    pendingMs: own.findLast(({ state, atMs }) => state === 'pending' && atMs <= (firingMs ?? Infinity))?.atMs,
    firingMs,
    delivered,
    acknowledged: takenOf(run, name),
    // What fired again after its end is open.
    resolved: notifications.at(-1)?.status === 'resolved' ? notifications.at(-1) : undefined,
    resolutionMs: seen?.resolutionMs,
    resolutionRangeMs: seen?.resolutionRangeMs,
    predictedMs: slo === undefined ? (contract?.predictedMs ?? null) : after(injectedMs, bestMs),
    measuredMs: after(injectedMs, receivedMs),
    fromFirstBad: {
      crossingMs: after(seen?.firstBadMs, seen?.crossingMs),
      bestMs: after(seen?.firstBadMs, bestMs),
      measuredMs: after(seen?.firstBadMs, receivedMs),
    },
  };
}

/**
 * How near to θ a ratio must be for Prometheus to see it on the other side: its windows hold whole scrapes, and `rate` stretches what
 * they hold. Measured with slow-primary: a slow leg at 1.0 θ went on burning for 8 s, which held the page 20 s longer.
 */
const nearThreshold = 0.1;

/** What the ledger's own events say of an alert: all that can be known without Prometheus. `lastFiredMs` is NaN where it never came. */
function seenIn(
  run: Run,
  slo: Slo,
  severity: 'page' | 'ticket',
  injectedMs: number,
  lastFiredMs: number,
): Partial<Pick<Detection, 'firstBadMs' | 'crossingMs' | 'pair' | 'resolutionMs' | 'resolutionRangeMs'>> {
  const level = declaredLevelOf(run);
  const { clock } = run.plan;
  const { keepFiringSeconds } = cadence[clock];
  const events = eventsFor(run, slo).toSorted((a, b) => a.timeMs - b.timeMs);
  const spansAt = (share: number) =>
    burningSpans(events, {
      windows: alertWindows(clock),
      severity,
      errorBudget: slo.errorBudget * share,
      historyPerSecond: level === undefined ? 0 : eventRate(slo, level, 'labRps'),
      fromMs: injectedMs,
    });
  const spans = spansAt(1);
  const { scrapeSeconds, evaluationSeconds } = pipelineOf(clock);
  // Prometheus' windows end at scrapes: near θ it may see a crossing a moment before the events have it.
  const latestMs = lastFiredMs + (scrapeSeconds + evaluationSeconds) * 1000;
  const toldMs = meanResolutionSeconds(pipelineOf(clock), groupIntervalMs / 1000) * 1000;
  const endOf = (some: readonly BurningSpan[]): number | undefined => {
    const held = heldSpans(some, keepFiringSeconds).findLast(({ fromMs }) => fromMs <= latestMs);
    const quietMs = held === undefined ? undefined : held.toMs - keepFiringSeconds * 1000;
    // What still burnt at the ledger's end has an end that nobody knows.
    return held === undefined || quietMs === events.at(-1)?.timeMs ? undefined : held.toMs + toldMs;
  };
  const resolutionMs = endOf(spans);
  return {
    firstBadMs: events.find(({ outcome, timeMs }) => outcome === 'bad' && timeMs >= injectedMs)?.timeMs,
    crossingMs: spans[0]?.fromMs,
    pair: spans[0]?.pair,
    resolutionMs,
    resolutionRangeMs:
      resolutionMs === undefined || severity !== 'page'
        ? undefined
        : {
            fromMs: Math.min(resolutionMs, endOf(spansAt(1 + nearThreshold)) ?? resolutionMs),
            toMs: Math.max(resolutionMs, endOf(spansAt(1 - nearThreshold)) ?? Number.POSITIVE_INFINITY),
          },
  };
}
