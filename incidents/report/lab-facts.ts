import { clockTime, code, duration, grewBy, type Piece, plain, seriesOf } from '@firedrill/chaos/report';
import {
  budgetCost,
  type Clock,
  levelsWithSlos,
  type Slo,
  type SloEvent,
  sloCatalogue,
} from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { alertName, type Incident } from '../pager/incident.ts';
import { windowOf } from './ask-lab.ts';
import { crossingsOf, type Judged, saidByEvents } from './by-events.ts';
import { eventsOfCounters } from './events-of-counters.ts';
import type { AlertFacts, Burn, Facts, Line, OperationFelt, Source, Span, Unfired } from './facts.ts';
import { labPlots } from './lab-plots.ts';
import { logGroups } from './logs.ts';
import { pagerLines, pagerSource } from './pager-lines.ts';
import { spanOf, stretchAround } from './stretch.ts';
import { traceOf } from './traces.ts';

/** An incident that no run caused, and what its lab answered about it. */
export interface LabAsked {
  readonly incident: Incident;
  /** The other incidents of its lab. */
  readonly others: readonly Incident[];
  readonly clock: Clock;
  /** What was kept; nothing where the lab was gone before anybody asked. */
  readonly pieces: ReadonlyMap<string, Piece>;
  readonly nowMs: number;
}

const source = (piece: string): Source => ({ name: piece, path: `evidence/${piece}.json` });

/** Pure: what the pager and the lab's own monitoring knew, and nothing else. */
export function labFacts(asked: LabAsked): Facts {
  const { incident, pieces, nowMs } = asked;
  const window = windowOf(incident, nowMs);
  const slos = levelsWithSlos().includes(incident.level) ? sloCatalogue(incident.level) : [];
  const counters = {
    counted: seriesOf(pieces.get('prometheus-counted')),
    inTime: seriesOf(pieces.get('prometheus-counted-in-time')),
  };
  const events = new Map(slos.map((slo) => [slo, eventsOfCounters(slo, counters)]));
  const isCounted = [...events.values()].some((some) => some.some(({ timeMs }) => timeMs >= window.fromMs));
  const users = isCounted ? usersOf(incident, events) : undefined;
  const span = users ?? { fromMs: Date.parse(incident.openedAt), toMs: window.faultToMs };
  const alerts = alertsOf(asked, events);
  const lines = [
    ...pagerLines(incident),
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
    mitigation: [
      'What was done to the lab is known only as far as somebody noted it in the timeline: outside of a run nothing keeps a list of the levers that were pulled.',
    ],
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
    missing: missingOf(pieces, isCounted),
  };
}

const line = (atMs: number | undefined, what: string, from: Source): readonly Line[] =>
  atMs === undefined ? [] : [{ atMs, what, source: from }];

type Events = ReadonlyMap<Slo, readonly SloEvent[]>;

const sloOf = (events: Events, alert: string): Slo | undefined =>
  [...events.keys()].find((slo) => slo.alert === alert);

/** Of the SLOs that paged; where none did, nothing shows that users were hurt by this. */
function usersOf({ alerts, openedAt }: Incident, events: Events): Span | undefined {
  const paged = [...events].filter(([slo]) => alerts.some(({ alert }) => alert === slo.alert));
  return spanOf(paged.flatMap(([, some]) => stretchAround(some, Date.parse(openedAt)) ?? []));
}

function operationsOf(counted: LabSeries, { fromMs, toMs = Infinity }: Span): readonly OperationFelt[] {
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

type LabSeries = ReturnType<typeof seriesOf>;

function burnsOf({ level }: Incident, events: Events, { fromMs, toMs = Infinity }: Span): readonly Burn[] {
  return [...events].map(([slo, some]) => {
    const inside = some.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
    const bad = inside.filter(({ outcome }) => outcome === 'bad').length;
    return { slo, events: inside.length, cost: budgetCost(slo, levelByNumber(level), bad) };
  });
}

const judgedBy = ({ incident, clock }: LabAsked, slo: Slo, events: Events): Judged => ({
  slo,
  events: events.get(slo) ?? [],
  clock,
  level: levelByNumber(incident.level),
});

function alertsOf(asked: LabAsked, events: Events): readonly AlertFacts[] {
  return asked.incident.alerts.map((one) => {
    const slo = sloOf(events, one.alert);
    const deliveredMs = Date.parse(one.firedAt);
    const none = { firstBadMs: undefined, crossingMs: undefined, predictedMs: undefined };
    return {
      name: alertName(one),
      alert: one.alert,
      severity: one.severity,
      ...(slo === undefined ? none : saidByEvents(judgedBy(asked, slo, events), one.severity, deliveredMs)),
      firingMs: Date.parse(one.startsAt),
      deliveredMs,
      resolvedMs: one.resolvedAt === undefined ? undefined : Date.parse(one.resolvedAt),
    };
  });
}

/** Pages whose events crossed the threshold while the incident lasted, and that nobody got in any incident. */
function unfiredOf(asked: LabAsked, events: Events): readonly Unfired[] {
  const { incident, others, nowMs } = asked;
  const { faultFromMs = 0, faultToMs = nowMs } = windowOf(incident, nowMs);
  const told = [incident, ...others]
    .flatMap(({ alerts }) => alerts)
    .filter(({ severity }) => severity === 'page');
  return [...events.keys()].flatMap((slo) => {
    if (told.some(({ alert }) => alert === slo.alert)) return [];
    const crossing = crossingsOf(judgedBy(asked, slo, events), 'page').find(
      ({ fromMs, toMs }) => toMs >= faultFromMs && fromMs <= faultToMs,
    );
    if (crossing === undefined) return [];
    const because = `the users’ own requests crossed its threshold at ${clockTime(crossing.fromMs)} UTC`;
    return [{ name: `page ${slo.alert}`, because }];
  });
}

/** Targets that Prometheus lost and found again. */
function targetLines(pieces: ReadonlyMap<string, Piece>, fromMs: number): readonly Line[] {
  const from = source('prometheus-up');
  return seriesOf(pieces.get('prometheus-up')).flatMap(({ metric, samples }) => {
    const name = code(metric['instance'] ?? '?');
    return samples.flatMap(([ms, value], index) => {
      const before = samples[index - 1]?.[1];
      if (before === undefined || value === before || ms < fromMs) return [];
      return line(ms, value === 1 ? `${name} is scraped again` : `${name} cannot be scraped`, from);
    });
  });
}

function leadUpOf({ incident, others, clock }: LabAsked, fromMs: number): readonly string[] {
  const openedMs = Date.parse(incident.openedAt);
  const earlier = others.filter(({ openedAt }) => Date.parse(openedAt) < openedMs);
  return [
    `Level ${incident.level}, clock ${clock}; looked at from ${clockTime(fromMs)} UTC on.`,
    earlier.length === 0
      ? 'It is the first incident of this start of the lab.'
      : `${earlier.length} earlier on this start of the lab, the last one ${code(earlier.at(-1)!.id)}, ${duration(openedMs - Date.parse(earlier.at(-1)!.openedAt))} before.`,
  ];
}

function triggerOf(pieces: ReadonlyMap<string, Piece>, { alerts }: Incident): readonly string[] {
  const [first] = logGroups(pieces.get('loki-errors')) ?? [];
  const lost = targetLines(pieces, 0).filter(({ what }) => what.endsWith('cannot be scraped'));
  return [
    'No experiment was under way on this lab, so nobody broke it on purpose as far as is known. What follows is what was seen first.',
    ...lost.slice(0, 3).map(({ atMs, what }) => `${clockTime(atMs)} UTC: ${what}.`),
    ...(first === undefined
      ? []
      : [
          `${clockTime(first.atMs)} UTC: the first warning or error in the logs, ${code(first.node)}: ${plain(first.message)}`,
        ]),
    `${clockTime(Date.parse(alerts[0]!.startsAt))} UTC: ${plain(alertName(alerts[0]!))}${alerts[0]!.summary === undefined ? '' : `, “${plain(alerts[0]!.summary)}”`}.`,
  ];
}

function recoveryOf({ recoveredAt, resolved }: Incident, users: Span | undefined): readonly string[] {
  return [
    ...(users === undefined
      ? []
      : [
          users.toMs === undefined
            ? 'Users were still being failed when it was last looked.'
            : `The last failed request was counted at ${clockTime(users.toMs)} UTC.`,
        ]),
    recoveredAt === undefined
      ? `Its pages never ended${resolved === undefined ? '' : '; a person said that it was over'}.`
      : `The last page ended at ${clockTime(Date.parse(recoveredAt))} UTC. What mended it is not known from here.`,
  ];
}

function missingOf(pieces: ReadonlyMap<string, Piece>, isCounted: boolean): readonly string[] {
  if (pieces.size === 0) {
    return ['what Prometheus, Loki and Jaeger knew: the lab was gone before anybody asked them'];
  }
  return [
    ...[...pieces.values()].flatMap(({ what, problem }) =>
      problem === undefined ? [] : [`${what}: ${problem}`],
    ),
    ...(isCounted ? [] : ['what users got: no load client was counting, so nobody knows whom it hurt']),
    'a ledger of requests and an audit of orders and money: only a run makes them',
  ];
}
