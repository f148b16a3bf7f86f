import {
  blindSpans,
  code,
  count,
  drawPlots,
  duration,
  eventsFor,
  eventsOf,
  feltBy,
  isFor,
  percent,
  plain,
  plural,
  type ReportData,
  runSilences,
  silencedText,
  slosOf,
} from '@firedrill/chaos/report';
import { wordsOf } from '@firedrill/lab/levers';
import { budgetCost, type Slo } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { alertName, type Incident } from '../pager/incident.ts';
import { type Judged, saidByEvents } from './by-events.ts';
import type { AlertFacts, Burn, Facts, OperationFelt, Span, Unfired } from './facts.ts';
import { logGroups } from './logs.ts';
import { pagerLines } from './pager-lines.ts';
import { runLines, type SourceOf, utc } from './run-lines.ts';
import { spanOf, stretchAround } from './stretch.ts';
import { traceOf } from './traces.ts';

/** Whatever is asked of a run about one of its incidents. */
interface Asked {
  readonly incident: Incident;
  readonly data: ReportData;
  /** When the incident of this run before it was over. */
  readonly afterMs: number;
}

/**
 * Pure: an incident that a run caused.
 * @param before the other incidents of its lab
 */
export function runFacts(
  incident: Incident,
  data: ReportData,
  before: readonly Incident[],
  source: SourceOf,
): Facts {
  const { run } = data;
  const ended = before
    .filter(({ id, openedAt }) => id !== incident.id && openedAt < incident.openedAt)
    .flatMap(({ recoveredAt, resolved }) => recoveredAt ?? resolved?.at ?? []);
  const asked = { incident, data, afterMs: Math.max(0, ...ended.map((at) => Date.parse(at))) };
  const alerts = alertsOf(asked);
  const users = usersOf(asked, alerts);
  const span = users ?? {
    fromMs: Date.parse(incident.openedAt),
    toMs: Date.parse(incident.recoveredAt ?? ''),
  };
  const inSpan = run.operations.filter(
    ({ invoke, result }) => invoke.retryOf === undefined && within(span, result?.at ?? invoke.due),
  );
  const lines = [...pagerLines(incident), ...runLines(data, alerts, users, source)];
  return {
    incident,
    run: data,
    felt: operationsOf(inSpan),
    feltFrom: 'the client’s ledger of every request',
    users,
    customersHurt: new Set(
      inSpan.filter(({ result }) => result?.sli === 'bad').map(({ invoke }) => invoke.customer),
    ).size,
    burns: burnsOf(asked, span),
    alerts,
    unfired: unfiredOf(data),
    leadUp: leadUpOf(asked),
    trigger: triggerOf(asked),
    mitigation: mitigationOf(asked),
    recovery: recoveryOf(asked, users),
    lines: lines.toSorted((a, b) => a.atMs - b.atMs),
    logs: logGroups(run.evidence.get('loki-errors')),
    logSource: source('evidence/loki-errors.json'),
    traces: ['trace-bad', 'trace-good'].flatMap((piece) =>
      traceOf(run.evidence.get(piece), source(`evidence/${piece}.json`)),
    ),
    plots: drawPlots(data),
    evidence: [
      { ...source('report.md'), what: 'the report of the run' },
      { ...source('journal.jsonl'), what: 'every event of the run' },
      { ...source('ledger.jsonl'), what: 'every request and its answer' },
      ...[...run.evidence.values()]
        .filter(({ problem }) => problem === undefined)
        .map(({ piece, what }) => ({ ...source(`evidence/${piece}.json`), what })),
    ],
    missing: [
      ...run.missing,
      ...[...run.evidence.values()].flatMap(({ what, problem }) =>
        problem === undefined ? [] : [`${what}: ${problem}`],
      ),
    ],
  };
}

const within = ({ fromMs, toMs = Infinity }: Span, ms: number): boolean => ms >= fromMs && !(ms > toMs);

/** What the run's own detection says of an alert's first time; what came again, or without a fault, is told by the events alone. */
function alertsOf({ incident, data, afterMs }: Asked): readonly AlertFacts[] {
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
});

/**
 * The budget's incidents that this one's time touches, from the first bad event to the last recovery; where no fault was in, the time around
 * its opening in which the SLOs that paged kept failing.
 */
function usersOf({ incident, data, afterMs }: Asked, alerts: readonly AlertFacts[]): Span | undefined {
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

function operationsOf(operations: ReportData['run']['operations']): readonly OperationFelt[] {
  const names = ['*', ...new Set(operations.map(({ invoke }) => invoke.operation))];
  return names
    .map((operation) => {
      const { good, bad, p50Ms, p99Ms } = feltBy(operations, operation);
      return { operation, counted: good + bad, bad, p50Ms, p99Ms };
    })
    .filter(({ counted }) => counted > 0);
}

function burnsOf({ data }: Asked, span: Span): readonly Burn[] {
  const level = levelByNumber(data.run.plan.level);
  return data.costs.map(({ slo, cost }) => {
    const events = eventsFor(data.run, slo).filter(({ timeMs }) => within(span, timeMs));
    const bad = events.filter(({ outcome }) => outcome === 'bad').length;
    return { slo, events: events.length, cost: budgetCost(slo, level, bad), badInRun: cost.badEvents };
  });
}

/** Of the whole run: an alert that came in another incident of it is not missing. */
function unfiredOf({ run, detections }: ReportData): readonly Unfired[] {
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

function leadUpOf({ data, incident, afterMs }: Asked): readonly string[] {
  const { run, verdict } = data;
  const { loadFromMs, injectedMs } = run.times;
  const ready = eventsOf(run, 'lab-ready')[0];
  const control = verdict.checks.find(({ name }) => name === 'control');
  const quietMs = loadFromMs === undefined || injectedMs === undefined ? undefined : injectedMs - loadFromMs;
  return [
    `Level ${run.plan.level}, clock ${run.plan.clock}, ${count(run.plan.rps)} requests/s${ready?.started === false ? ', on a lab that was running already' : ''}.`,
    ...(quietMs === undefined ? [] : [`${duration(quietMs)} of load before anything was broken.`]),
    ...(control === undefined
      ? []
      : [`Was all well before? **${control.verdict}**: ${plain(control.summary)}`]),
    ...(afterMs === 0
      ? []
      : [
          `An earlier incident of this lab was over at ${utc(afterMs)}, ${duration(Date.parse(incident.openedAt) - afterMs)} before.`,
        ]),
    ...(runSilences(run) ?? []).map(
      ({ silence }) => `Something was held back: ${plain(silencedText(silence))}.`,
    ),
  ];
}

function triggerOf({ data }: Asked): readonly string[] {
  const { run, proofs } = data;
  const faults = run.times.faults.map(({ id, fault, label, fromMs }) => {
    const planned = run.plan.faults.find((one) => one.id === id);
    const on = [...(planned?.edges ?? []), ...(planned?.nodes ?? [])].map(code).join(', ');
    const proof = proofs.find((one) => one.fault === fault && one.label === label);
    const bitten = proof === undefined ? '' : ` Did it bite? **${proof.judgement.verdict}**.`;
    return `${utc(fromMs)}: ${code(fault)} on ${on}, ${plain(label)}.${bitten}`;
  });
  const { experiment, title } = run.plan;
  return faults.length === 0
    ? [
        `The experiment ${code(experiment)} was under way and had injected nothing yet: what paged was something else.`,
      ]
    : [`An experiment broke it on purpose: ${code(experiment)}, ${plain(title)}.`, ...faults];
}

function mitigationOf({ data }: Asked): readonly string[] {
  const { run } = data;
  const { injectedMs, mitigatedMs, healedMs } = run.times;
  const levers = eventsOf(run, 'operator')
    .filter(({ state }) => state === 'done' || state === 'failed')
    .map(
      (act) =>
        `${utc(Date.parse(act.at))}: ${code(wordsOf(act))} ${act.state}, ${plain(act.text)} (${duration(act.tookMs)}).`,
    );
  if (levers.length === 0) return ['Nobody pulled a lever of the lab while it lasted.'];
  if (mitigatedMs === undefined || injectedMs === undefined) return levers;
  const ratio = (fromMs: number, toMs: number) => {
    const some = run.operations.filter(
      ({ invoke }) => invoke.retryOf === undefined && invoke.due >= fromMs && invoke.due < toMs,
    );
    return percent(feltBy(some, '*').errorRatio ?? 0);
  };
  return [
    ...levers,
    `Of all requests ${ratio(injectedMs, mitigatedMs)} failed from the injection to the last lever, ${ratio(mitigatedMs, healedMs ?? Infinity)} from then to the heal.`,
  ];
}

function recoveryOf({ data, incident }: Asked, users: Span | undefined): readonly string[] {
  const { run, incidents } = data;
  const { healedMs, injectedMs } = run.times;
  const own = incidents.incidents.find(({ openedAt }) => openedAt === incident.openedAt);
  const blind = blindSpans(run).filter(({ pages }) => pages);
  return [
    ...(injectedMs === undefined
      ? []
      : [
          healedMs === undefined
            ? 'The fault was not taken out.'
            : `The last fault was taken out at ${utc(healedMs)}, ${duration(healedMs - injectedMs)} after the first was put in.`,
        ]),
    ...(users === undefined
      ? []
      : [
          users.toMs === undefined
            ? 'The users had not recovered when the run ended.'
            : `The users had recovered at ${utc(users.toMs)}${healedMs === undefined ? '' : `, ${duration(users.toMs - healedMs)} after that`}.`,
        ]),
    ...(own?.predictedResolutionMs === undefined
      ? []
      : [`By the users’ own requests the last page should have ended at ${utc(own.predictedResolutionMs)}.`]),
    ...(blind.length === 0
      ? []
      : [
          `In ${plural(blind.length, 'stretch').replace('stretchs', 'stretches')} of the run nobody would have been told: an end of a page then proves nothing.`,
        ]),
  ];
}
