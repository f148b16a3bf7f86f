import { CounterGrowth } from '../budget/counter-growth.ts';
import { counterTerms } from '../catalogue/counters.ts';
import type { SpecSlo } from '../catalogue/spec.ts';
import type { EventCount } from './budget-status.ts';
import type { Prometheus } from './prometheus.ts';

/** So that no answer holds more than a part of the period: half a day at two scrapes a second is much. */
const parts = 12;

/** An SLO's events over a period that ends at `atSeconds`, from the raw samples of its own counters. */
export async function countEvents(
  prometheus: Prometheus,
  { name, sli: { events } }: SpecSlo,
  atSeconds: number,
  periodSeconds: number,
  syntheticUntilSeconds: number,
): Promise<EventCount> {
  const count = async (query: string): Promise<{ readonly total: number; readonly synthetic: number }> => {
    let [total, synthetic] = [0, 0];
    for (const { selector, sign } of counterTerms(query, name)) {
      const series = new Map<string, CounterGrowth>();
      const part = periodSeconds / parts;
      for (let index = 1; index <= parts; index++) {
        const end = atSeconds - periodSeconds + index * part;
        for (const [key, samples] of await prometheus.raw(selector, end, part)) {
          const growth = series.get(key) ?? new CounterGrowth(syntheticUntilSeconds);
          series.set(key, growth);
          growth.add(samples);
        }
      }
      for (const growth of series.values()) {
        total += sign * growth.total;
        // What the lab was loaded with and nobody ever sent.
        synthetic += sign * growth.before;
      }
    }
    return { total, synthetic };
  };
  const [all, bad] = [await count(events.total_query), await count(events.error_query)];
  return { events: all.total, syntheticEvents: all.synthetic, badEvents: bad.total };
}
