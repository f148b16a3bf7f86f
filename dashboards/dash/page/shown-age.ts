import type { Part, Snapshot } from '../sight.ts';

/** What a look asks for each time; the budgets are counted only now and then. */
export type Shown = Pick<Snapshot, 'slos' | 'paging' | 'incidents' | 'topology'>;

/** Pure: how old the oldest part is, ms; `undefined` while one was never known. */
export function shownAgeMs({ slos, paging, incidents, topology }: Shown, nowMs: number): number | undefined {
  const parts: readonly Part<unknown>[] = [slos, paging, incidents, topology];
  const times = parts.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  return times.length < parts.length ? undefined : Math.max(0, nowMs - Math.min(...times));
}
