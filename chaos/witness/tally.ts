import type { WitnessReading } from '../journal/event.ts';
import type { Probe } from './probe.ts';

/** The value below which `share` of the values lie, by the nearest rank; of none of them: the least. */
function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

type Heading = Pick<WitnessReading, 'stage' | 'target' | 'kind' | 'role' | 'connection'>;

const given = <T extends object>(figures: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as never;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Sums the probes of one target up to one reading. Percentiles of the round trip are of the answered ones. */
export function tally(heading: Heading, probes: readonly Probe[]): WitnessReading {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of probes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const times = probes.flatMap((probe) => (probe.outcome === 'answered' ? [probe.ms] : []));
  const connects = probes.flatMap(({ connectMs }) => connectMs ?? []);
  const closes = probes.flatMap(({ closeMs }) => closeMs ?? []);
  return {
    ...heading,
    outcomes,
    ...given({
      bestMs: percentile(times, 0),
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
    }),
    ...(heading.connection === 'old' ? {} : { connected: connects.length }),
    ...given({ connectP50Ms: percentile(connects, 0.5), closeP50Ms: percentile(closes, 0.5) }),
    sentBytes: sum(probes.map(({ sentBytes }) => sentBytes)),
    receivedBytes: sum(probes.map(({ receivedBytes }) => receivedBytes)),
  };
}
