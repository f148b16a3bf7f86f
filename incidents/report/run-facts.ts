import { drawPlots, eventsFor, feltBy, type ReportData } from '@firedrill/chaos/report';
import { budgetCost } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import type { Incident } from '../pager/incident.ts';
import type { Burn, Facts, OperationFelt, Span } from './facts.ts';
import { logGroups } from './logs.ts';
import { pagerLines } from './pager-lines.ts';
import { alertsOf, unfiredOf, usersOf } from './run-alerts.ts';
import type { RunAsked } from './run-asked.ts';
import { leadUpOf, mitigationOf, recoveryOf, triggerOf } from './run-course.ts';
import { runLines, type SourceOf } from './run-lines.ts';
import { traceOf } from './traces.ts';

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
  const over = incident.recoveredAt ?? incident.resolved?.at;
  const span: Span = users ?? {
    fromMs: Date.parse(incident.openedAt),
    toMs: over === undefined ? undefined : Date.parse(over),
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

const within = ({ fromMs, toMs = Infinity }: Span, ms: number): boolean => ms >= fromMs && ms <= toMs;

function operationsOf(operations: ReportData['run']['operations']): readonly OperationFelt[] {
  const names = ['*', ...new Set(operations.map(({ invoke }) => invoke.operation))];
  return names
    .map((operation) => {
      const { good, bad, p50Ms, p99Ms } = feltBy(operations, operation);
      return { operation, counted: good + bad, bad, p50Ms, p99Ms };
    })
    .filter(({ counted }) => counted > 0);
}

function burnsOf({ data }: RunAsked, span: Span): readonly Burn[] {
  const level = levelByNumber(data.run.plan.level);
  return data.costs.map(({ slo, cost }) => {
    const events = eventsFor(data.run, slo).filter(({ timeMs }) => within(span, timeMs));
    const bad = events.filter(({ outcome }) => outcome === 'bad').length;
    return { slo, events: events.length, cost: budgetCost(slo, level, bad), badInRun: cost.badEvents };
  });
}
