import type { WitnessReading } from '../journal/event.ts';
import type { Probe } from './probe.ts';

/** The value below which `share` of the sorted values lie, by the nearest rank. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

type Heading = Pick<WitnessReading, 'stage' | 'target' | 'kind' | 'role' | 'connection'>;

/** Sums the probes of one target up to one reading. Percentiles are of the answered ones. */
export function tally(heading: Heading, probes: readonly Probe[]): WitnessReading {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of probes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const times = probes
    .filter((probe) => probe.outcome === 'answered')
    .map((probe) => probe.ms)
    .sort((a, b) => a - b);
  const p50Ms = percentile(times, 0.5);
  const p99Ms = percentile(times, 0.99);
  return {
    ...heading,
    outcomes,
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p99Ms === undefined ? {} : { p99Ms }),
  };
}
