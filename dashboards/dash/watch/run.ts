import type { JournalEvent } from '@firedrill/chaos';
import type { ExpectedAlert, FaultSight, RunSight } from '../sight.ts';

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { readonly type: Type }>;

const told = 12;

const ofType = <Type extends JournalEvent['type']>(
  events: readonly JournalEvent[],
  type: Type,
): readonly EventOf<Type>[] => events.filter((event): event is EventOf<Type> => event.type === type);

/** Pure: a run as its journal tells it so far; `null` while the plan is not in it. */
export function runSight(events: readonly JournalEvent[]): RunSight | null {
  const planned = ofType(events, 'planned')[0];
  if (planned === undefined) return null;
  const { plan, run, at } = planned;
  const began = ofType(events, 'load-started')[0]?.startedAtMs;
  const phase = ofType(events, 'phase').at(-1);
  const when = (ms: number): string | null => (began === undefined ? null : iso(began + ms));
  return {
    id: run,
    experiment: plan.variant === undefined ? plan.experiment : `${plan.experiment} (${plan.variant})`,
    title: plan.title,
    hypothesis: plan.hypothesis,
    level: plan.level,
    seed: plan.seed,
    phase: phase?.phase ?? 'starting the lab',
    phaseSince: phase?.at ?? at,
    startedAt: at,
    load: began === undefined ? null : { from: iso(began), to: iso(began + plan.loadMs) },
    faults: plan.faults.map(
      (fault): FaultSight => ({
        id: fault.id,
        label: fault.label,
        where: [...fault.edges, ...fault.nodes],
        from: when(fault.startMs),
        to: when(fault.endMs),
        appliedAt: ofType(events, 'applied').find((event) => event.fault === fault.id)?.at ?? null,
        healedAt: ofType(events, 'healed').findLast((event) => event.fault === fault.id)?.at ?? null,
      }),
    ),
    alerts: expectedAlerts(events, plan.alerts.expected),
    problem: problemOf(events),
    told: events
      .flatMap(lineOf)
      .filter(({ text }, index, all) => text !== all[index - 1]?.text)
      .slice(-told),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The first delivery after the first injection. */
function expectedAlerts(
  events: readonly JournalEvent[],
  expected: EventOf<'planned'>['plan']['alerts']['expected'],
): readonly ExpectedAlert[] {
  const injectedAt = ofType(events, 'applied')[0]?.at;
  const deliveries = ofType(events, 'notification').map(({ notification }) => notification);
  return expected.map(({ alert, severity, predictedMs, withinMs }) => {
    const first = deliveries.find(
      (one) =>
        one.alert === alert &&
        one.severity === severity &&
        one.status === 'firing' &&
        injectedAt !== undefined &&
        one.receivedAt >= injectedAt,
    );
    const deliveredMs =
      first === undefined || injectedAt === undefined
        ? null
        : Date.parse(first.receivedAt) - Date.parse(injectedAt);
    return { alert, severity, predictedMs, withinMs, deliveredMs };
  });
}

function problemOf(events: readonly JournalEvent[]): string | null {
  const abort = ofType(events, 'abort')[0];
  if (abort !== undefined) return `aborted: ${abort.reason}`;
  return ofType(events, 'problem')[0]?.message ?? null;
}

/** What a person who looks on wants to hear; heartbeats and single readings are left out. */
function lineOf(event: JournalEvent): RunSight['told'] {
  const { at } = event;
  switch (event.type) {
    case 'phase':
      return [{ at, text: `phase ${event.phase}` }];
    case 'lab-ready':
      return [
        { at, text: event.started ? `the lab is up after ${seconds(event.tookMs)}` : 'a lab was running' },
      ];
    case 'load-started':
      return [{ at, text: 'users begin to buy' }];
    case 'applied':
      return [{ at, text: `${event.fault} is in (${event.action.kind})` }];
    case 'healed':
      return [{ at, text: `${event.fault} is undone after ${seconds(event.tookMs)}` }];
    case 'notification': {
      const { severity, alert, status } = event.notification;
      return [{ at, text: `${severity} ${alert} ${status === 'firing' ? 'delivered' : 'resolved'}` }];
    }
    case 'acknowledged':
      return [{ at, text: `${event.by} has the incident ${event.incident}` }];
    case 'operator':
      return event.state === 'step' ? [] : [{ at, text: `operator: ${event.text} (${event.state})` }];
    case 'abort':
      return [{ at, text: `aborted: ${event.reason}` }];
    case 'problem':
      return [{ at, text: event.message }];
    default:
      return [];
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
