import type { Hurt, JournalEvent, Verdict } from '@firedrill/chaos';
import type { Incident } from '../pager/incident.ts';
import { type DrillEvent, eventsOf, type Seen } from './event.ts';
import { burntOf, worstRatioBetween } from './hurt-seconds.ts';
import { pullsInTime } from './levers.ts';

export interface Sources {
  /** The drill's own, until its end. */
  readonly drill: readonly DrillEvent[];
  /** The run's. */
  readonly run: readonly JournalEvent[];
  readonly verdict: Pick<Verdict, 'orders' | 'integrity'>;
  readonly hurt: Hurt;
  /** Of the lab, since the drill began. */
  readonly incidents: readonly Incident[];
}

/** What is under way when a lever ends comes to its end: a request's deadline, ms. */
const graceMs = 5000;

const first = (times: readonly string[]): string | undefined => times.toSorted()[0];

/** Pure: what became of a drill. */
export function seenOf({ drill, run, verdict, hurt, incidents }: Sources): Seen {
  const injectedAt = first(run.flatMap((event) => (event.type === 'applied' ? [event.at] : [])));
  const healedAt = run
    .flatMap((event) => (event.type === 'healed' ? [event.at] : []))
    .toSorted()
    .at(-1);
  const pages = incidents.flatMap(({ alerts }) => alerts.filter(({ severity }) => severity === 'page'));
  const pagedAt = first(pages.map(({ firedAt }) => firedAt));
  const endAt = healedAt ?? run.find((event) => event.type === 'load-stopped')?.at;
  // What comes later is too late, but for the pager's own books.
  const acts = incidents
    .flatMap((incident) => incident.acts)
    .filter(({ at }) => healedAt === undefined || at <= healedAt);
  const acknowledged = acts.find(({ kind }) => kind === 'acknowledge');
  const levers = pullsInTime(drill, injectedAt ?? null).filter(
    ({ state }) => state === 'done' || state === 'failed',
  );
  const over = overAt(
    drill,
    levers.flatMap(({ endedAt }) => endedAt ?? []),
  );
  const ratio =
    over === undefined || endAt === undefined ? undefined : worstRatioBetween(hurt, over, Date.parse(endAt));
  return {
    injectedAt: injectedAt ?? null,
    pagedAt: pagedAt ?? null,
    pages: [...new Set(pages.toSorted((a, b) => (a.firedAt < b.firedAt ? -1 : 1)).map(({ alert }) => alert))],
    acknowledgedAt: acknowledged?.at ?? null,
    acknowledgedBy: acknowledged?.by ?? null,
    escalatedAt: first(acts.flatMap(({ kind, at }) => (kind === 'escalate' ? [at] : []))) ?? null,
    healedAt: healedAt ?? null,
    burnt: burntFrom(hurt, injectedAt, pagedAt, levers[0]?.beganAt, healedAt),
    badRatioAfter: ratio ?? null,
    orders: verdict.integrity.invariants.length === 0 ? null : ordersOf(verdict.orders),
  };
}

/** Pure: who says it is over when all was healed already comes too late. */
export function howOf(drill: readonly DrillEvent[], { healedAt }: Seen): 'resolved' | 'time-up' {
  const resolved = eventsOf(drill, 'resolved').at(-1);
  return resolved !== undefined && (healedAt === null || resolved.at <= healedAt) ? 'resolved' : 'time-up';
}

const ordersOf = ({ acknowledged, lost, duplicated }: Verdict['orders']): Seen['orders'] => ({
  acknowledged,
  lost,
  duplicated,
});

/** When it was said to be over; what the last lever did has come to bear by then. */
function overAt(drill: readonly DrillEvent[], ends: readonly string[]): number | undefined {
  const resolved = eventsOf(drill, 'resolved').at(-1);
  const last = ends.toSorted().at(-1);
  const times = [
    ...(resolved === undefined ? [] : [Date.parse(resolved.at)]),
    ...(last === undefined ? [] : [Date.parse(last) + graceMs]),
  ];
  return times.length === 0 ? undefined : Math.max(...times);
}

function burntFrom(
  hurt: Hurt,
  injectedAt: string | undefined,
  pagedAt: string | undefined,
  actedAt: string | undefined,
  healedAt: string | undefined,
): Seen['burnt'] {
  if (injectedAt === undefined || healedAt === undefined) return { bad: 0, nothing: 0, best: 0 };
  const [injectedMs, healedMs] = [Date.parse(injectedAt), Date.parse(healedAt)];
  const acted = actedAt === undefined ? healedMs : Date.parse(actedAt);
  return burntOf(hurt, {
    injectedMs,
    pagedMs: pagedAt === undefined ? injectedMs : Date.parse(pagedAt),
    actedMs: Math.min(healedMs, Math.max(injectedMs, acted)),
    healedMs,
  });
}
