import type { Operation } from '../ledger/operations.ts';

/** The operations that one SLO looks at. */
interface SeriesGroup {
  readonly name: string;
  readonly operations: readonly string[];
  /** Good answers slower than each of these are counted as slow. */
  readonly thresholdsMs?: readonly number[];
}

export interface SecondCounts {
  /** Whole seconds since the start of the load. */
  readonly second: number;
  readonly good: number;
  readonly bad: number;
  readonly excluded: number;
  /** Sent, and the ledger ends before its result. */
  readonly unanswered: number;
  /** Threshold in ms → good answers slower than it. Disjoint from `bad`. */
  readonly slow: Readonly<Record<number, number>>;
}

export interface GroupSeries {
  readonly name: string;
  /** Every second from 0 to the last of any group, empty ones too. */
  readonly seconds: readonly SecondCounts[];
}

export interface SeriesOptions {
  /** ms since the epoch: the `started` event. */
  readonly startedAtMs: number;
  readonly groups: readonly SeriesGroup[];
  /**
   * In which second a request counts. `due` (the default): when the user came, so that a fault's shade in a plot covers the users
   * it hurt; a request that times out after 3 s belongs to the moment it was made. `answered`: when the metrics saw it,
   * which is what an alert can know; use it to reckon with detection times.
   */
  readonly by?: 'due' | 'answered';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Counting = Mutable<Omit<SecondCounts, 'slow'>> & { slow: Record<number, number> };

/** Pure: the ledger's users per second. Settle's retries are no users and are left out. Linear. */
export function perSecondSeries(operations: Iterable<Operation>, options: SeriesOptions): GroupSeries[] {
  const { startedAtMs, groups, by = 'due' } = options;
  const counted = groups.map((group) => ({ group, seconds: [] as Counting[] }));
  const byOperation = Map.groupBy(
    counted.flatMap((entry) => entry.group.operations.map((operation) => ({ operation, entry }))),
    ({ operation }) => operation,
  );
  let last = -1;
  for (const { invoke, result } of operations) {
    if (invoke.retryOf !== undefined) continue;
    const atMs = by === 'answered' ? (result?.at ?? invoke.due) : invoke.due;
    const second = Math.max(0, Math.floor((atMs - startedAtMs) / 1000));
    last = Math.max(last, second);
    for (const { entry } of byOperation.get(invoke.operation) ?? []) {
      const { group, seconds } = entry;
      fill(seconds, second, group);
      const counts = seconds[second] as Counting;
      counts[result?.sli ?? 'unanswered']++;
      if (result?.sli !== 'good') continue;
      for (const ms of group.thresholdsMs ?? [])
        if (result.latencyMs > ms) counts.slow[ms] = (counts.slow[ms] ?? 0) + 1;
    }
  }
  for (const { group, seconds } of counted) fill(seconds, last, group);
  return counted.map(({ group, seconds }) => ({ name: group.name, seconds }));
}

function fill(seconds: Counting[], upTo: number, group: SeriesGroup): void {
  while (seconds.length <= upTo) {
    const slow = Object.fromEntries((group.thresholdsMs ?? []).map((ms) => [ms, 0]));
    seconds.push({ second: seconds.length, good: 0, bad: 0, excluded: 0, unanswered: 0, slow });
  }
}
