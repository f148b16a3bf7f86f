import { begunOf, type DrillEvent, eventsOf } from './event.ts';
import { isRightLever, pullsInTime } from './levers.ts';

/** How soon after the page, ms; null where it was not done, or nothing paged. */
export interface AfterPage {
  readonly acknowledgedMs: number | null;
  /** The first diagnosis. */
  readonly saidMs: number | null;
  /** The last of the levers that help has come to its end. */
  readonly actedMs: number | null;
}

/** Pure: what a drill that has ended can be held against the practised team by. */
export function afterPageOf(events: readonly DrillEvent[]): AfterPage {
  const seen = eventsOf(events, 'ended').at(-1)?.seen;
  const pagedAt = seen?.pagedAt ?? null;
  const since = (at: string | null | undefined): number | null =>
    at == null || pagedAt === null ? null : Math.max(0, Date.parse(at) - Date.parse(pagedAt));
  const { levers } = begunOf(events).key;
  const acted = pullsInTime(events, seen?.injectedAt ?? null)
    .filter(({ words, state }) => state === 'done' && levers.some((lever) => isRightLever(lever, words)))
    .flatMap(({ endedAt }) => endedAt ?? []);
  return {
    acknowledgedMs: since(seen?.acknowledgedAt),
    saidMs: since(eventsOf(events, 'diagnosed')[0]?.at),
    actedMs: since(acted.toSorted().at(-1)),
  };
}
