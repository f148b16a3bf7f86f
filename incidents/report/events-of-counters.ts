import type { Series } from '@firedrill/chaos/report';
import { formatLe, type Slo, type SloEvent } from '@firedrill/slo';

/**
 * Pure: an SLO's good and bad events out of the load client's counters, each at the scrape that first showed it: what the ledger
 * tells where there was a run.
 */
export function eventsOfCounters(
  slo: Slo,
  { counted, inTime }: { readonly counted: readonly Series[]; readonly inTime: readonly Series[] },
): readonly SloEvent[] {
  const good = growth(counted, slo, { outcome: 'good' });
  const bad = growth(counted, slo, { outcome: 'bad' });
  if (slo.thresholdSeconds === undefined) return [...events(good, 'good'), ...events(bad, 'bad')];
  const fast = growth(inTime, slo, { le: formatLe(slo.thresholdSeconds) });
  const slow = new Map([...good].map(([ms, value]) => [ms, Math.max(0, value - (fast.get(ms) ?? 0))]));
  return [...events(fast, 'good'), ...events(bad, 'good'), ...events(slow, 'bad')];
}

/** By how much the counters of an SLO's operations grew at each scrape; a counter that begins anew has grown by what it says. */
export function growth(
  series: readonly Series[],
  { operations }: Pick<Slo, 'operations'>,
  labels: Readonly<Record<string, string>>,
): ReadonlyMap<number, number> {
  const grown = new Map<number, number>();
  for (const { metric, samples } of series) {
    if (!operations.includes(metric['operation'] ?? '')) continue;
    if (!Object.entries(labels).every(([name, value]) => metric[name] === value)) continue;
    let before: number | undefined;
    for (const [ms, value] of samples) {
      if (value === null) continue;
      if (before !== undefined) {
        const by = value < before ? value : value - before;
        grown.set(ms, (grown.get(ms) ?? 0) + by);
      }
      before = value;
    }
  }
  return grown;
}

const events = (grown: ReadonlyMap<number, number>, outcome: SloEvent['outcome']): readonly SloEvent[] =>
  [...grown].flatMap(([timeMs, count]) =>
    Array.from({ length: Math.round(count) }, () => ({ timeMs, outcome })),
  );
