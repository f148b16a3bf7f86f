import { meanPipelineSeconds, type Slo, type WindowPair } from '@firedrill/slo';
import type { AlertNotification, Plan } from '../journal/event.ts';
import { type Taken, takenOf } from './acknowledged.ts';
import { type AlertName, alertStates, isFor, nameOf, type StateSeen } from './alert-history.ts';
import { type Told, timesTold } from './episodes.ts';
import { pipelineOf } from './pipeline-of.ts';
import { eventsOf, type Run } from './run.ts';
import { type PredictedEnd, type SeenByEvents, seenByEvents } from './seen-by-events.ts';
import { slosOf } from './slo-events.ts';
import { type Said, type Standing, standingOf } from './standing.ts';

export type Expected = Plan['alerts']['expected'][number];

export type Episode = Told & PredictedEnd;

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
  /** The first time. */
  readonly delivered: AlertNotification | undefined;
  readonly acknowledged: Taken | undefined;
  /** Each time that it was open at the receiver, with the end that the ledger's own events predict. */
  readonly episodes: readonly Episode[];
  /** Of the last of them. */
  readonly resolved: AlertNotification | undefined;
  readonly resolutionMs: number | undefined;
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
  const seen =
    slo === undefined || injectedMs === undefined ? undefined : seenByEvents(run, slo, severity, injectedMs);
  const episodes = timesTold(notifications).map(
    (told): Episode => ({ ...told, ...endOf(seen, Date.parse(told.delivered.receivedAt)) }),
  );
  const [delivered, last] = [episodes[0]?.delivered, episodes.at(-1)];
  const receivedMs = delivered === undefined ? undefined : Date.parse(delivered.receivedAt);
  const own = states.filter((one) => isFor(name, one));
  // Prometheus' own time; the journal's is that of the question that found it so.
  const firingMs =
    delivered === undefined
      ? own.find(({ state }) => state === 'firing')?.atMs
      : Date.parse(delivered.startsAt);
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
    episodes,
    resolved: last?.resolved,
    resolutionMs: last?.resolutionMs,
    predictedMs: slo === undefined ? (contract?.predictedMs ?? null) : after(injectedMs, bestMs),
    measuredMs: after(injectedMs, receivedMs),
    fromFirstBad: {
      crossingMs: after(seen?.firstBadMs, seen?.crossingMs),
      bestMs: after(seen?.firstBadMs, bestMs),
      measuredMs: after(seen?.firstBadMs, receivedMs),
    },
  };
}

/** Nobody knows when it should end where there is no SLO, or no injection. */
const endOf = (seen: SeenByEvents | undefined, deliveredMs: number): PredictedEnd =>
  seen?.endOf(deliveredMs) ?? { resolutionMs: undefined, rangeMs: undefined };
