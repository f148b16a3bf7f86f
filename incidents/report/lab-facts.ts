import { grewBy, type Piece, type Series, seriesOf } from '@firedrill/chaos/report';
import { budgetCost, levelsWithSlos, sloCatalogue } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import type { Incident } from '../pager/incident.ts';
import { windowOf } from './ask-lab.ts';
import { eventsOfCounters } from './events-of-counters.ts';
import type { Burn, Facts, OperationFelt, Span } from './facts.ts';
import { alertsOf, unfiredOf, usersOf } from './lab-alerts.ts';
import { type Events, type LabAsked, line, source } from './lab-asked.ts';
import { leadUpOf, recoveryOf, targetLines, triggerOf } from './lab-course.ts';
import { labPlots } from './lab-plots.ts';
import { labMitigationOf, leverLines } from './levers.ts';
import { logGroups } from './logs.ts';
import { pagerLines, pagerSource } from './pager-lines.ts';
import { traceOf } from './traces.ts';
import { utc } from './utc.ts';

/** Pure: what the pager and the lab's own monitoring knew, and nothing else. */
export function labFacts(asked: LabAsked): Facts {
  const { incident, pieces, levers, nowMs } = asked;
  const window = windowOf(incident, nowMs);
  const slos = levelsWithSlos().includes(incident.level) ? sloCatalogue(incident.level) : [];
  const counters = {
    counted: since(window.fromMs, seriesOf(pieces.get('prometheus-counted'))),
    inTime: since(window.fromMs, seriesOf(pieces.get('prometheus-counted-in-time'))),
  };
  const events = new Map(slos.map((slo) => [slo, eventsOfCounters(slo, counters)]));
  const isCounted = [...events.values()].some((some) => some.some(({ timeMs }) => timeMs >= window.fromMs));
  const users = isCounted ? usersOf(incident, events) : undefined;
  const span = users ?? { fromMs: Date.parse(incident.openedAt), toMs: window.faultToMs };
  const alerts = alertsOf(asked, events);
  const lines = [
    ...pagerLines(incident),
    ...leverLines(levers),
    ...alerts.flatMap(({ name, firingMs }) => line(firingMs, `${name} fires at Prometheus`, pagerSource)),
    ...line(users?.fromMs, 'the first failed request of a user is counted', source('prometheus-counted')),
    ...line(users?.toMs, 'the last failed request of a user is counted', source('prometheus-counted')),
    ...targetLines(pieces, window.fromMs),
  ];
  return {
    incident,
    run: undefined,
    felt: isCounted ? operationsOf(counters.counted, span) : undefined,
    feltFrom:
      'the load client’s counters at Prometheus; how long requests took is not known by the operation',
    users,
    customersHurt: undefined,
    burns: isCounted ? burnsOf(incident, events, span) : [],
    alerts,
    unfired: unfiredOf(asked, events),
    leadUp: leadUpOf(asked, window.fromMs),
    trigger: triggerOf(pieces, incident),
    mitigation: labMitigationOf(levers),
    recovery: recoveryOf(incident, users),
    lines: lines.toSorted((a, b) => a.atMs - b.atMs),
    logs: logGroups(pieces.get('loki-errors')),
    logSource: pieces.has('loki-errors') ? source('loki-errors') : undefined,
    traces: traceOf(pieces.get('trace-bad'), source('trace-bad')),
    plots: labPlots(pieces, slos, incident, window),
    evidence: [
      { ...pagerSource, what: 'the incident, and what people did, as the pager has them' },
      ...[...pieces.values()]
        .filter(({ problem }) => problem === undefined)
        .map(({ piece, what }) => ({ ...source(piece), what })),
    ],
    missing: missingOf(pieces, isCounted, window.toMs),
  };
}

/** Without what came before: the history of a lab is made up. */
const since = (fromMs: number, series: readonly Series[]): readonly Series[] =>
  series.map(({ metric, samples }) => ({ metric, samples: samples.filter(([ms]) => ms >= fromMs) }));

function operationsOf(
  counted: readonly Series[],
  { fromMs, toMs = Infinity }: Span,
): readonly OperationFelt[] {
  const grown = (operation: string, outcome: string) =>
    counted
      .filter(({ metric }) => operation === '*' || metric['operation'] === operation)
      .filter(({ metric }) => metric['outcome'] === outcome)
      // What a scrape shows first happened before it.
      .reduce((sum, { samples }) => sum + grewBy(samples, fromMs - 1, toMs), 0);
  const names = ['*', ...new Set(counted.map(({ metric }) => metric['operation'] ?? '?'))];
  return names
    .map((operation) => {
      const bad = grown(operation, 'bad');
      return { operation, counted: grown(operation, 'good') + bad, bad };
    })
    .filter(({ counted: all }) => all > 0);
}

function burnsOf({ level }: Incident, events: Events, { fromMs, toMs = Infinity }: Span): readonly Burn[] {
  return [...events].map(([slo, some]) => {
    const inside = some.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
    const bad = inside.filter(({ outcome }) => outcome === 'bad').length;
    return { slo, events: inside.length, cost: budgetCost(slo, levelByNumber(level), bad) };
  });
}

function missingOf(pieces: ReadonlyMap<string, Piece>, isCounted: boolean, toMs: number): readonly string[] {
  if (pieces.size === 0) {
    return ['what Prometheus, Loki and Jaeger knew: the lab was gone before anybody asked them'];
  }
  return [
    ...[...pieces.values()].flatMap(({ what, problem }) =>
      problem === undefined ? [] : [`${what}: ${problem}`],
    ),
    ...unseenOf(pieces.get('prometheus-counted'), toMs),
    ...(isCounted ? [] : ['what users got: no load client was counting, so nobody knows whom it hurt']),
    'a ledger of requests and an audit of orders and money: only a run makes them',
  ];
}

/** An answer that a draft was made of does not tell how it went on. */
function unseenOf(counted: Piece | undefined, toMs: number): readonly string[] {
  if (counted === undefined || counted.problem !== undefined) return [];
  const askedMs = Date.parse(counted.at);
  return askedMs < toMs ? [`what users got after ${utc(askedMs)}: nobody could ask Prometheus since`] : [];
}
