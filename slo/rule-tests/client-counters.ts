import type { Slo } from '../catalogue.ts';
import { formatLe } from '../history/quiet-history.ts';
import type { CounterSeries } from './promtool-file.ts';

/** How many of an operation's requests came up to a second: all that count, those that failed, those answered too late. */
export interface OperationTraffic {
  readonly all: (second: number) => number;
  readonly failed: (second: number) => number;
  readonly slow: (second: number) => number;
}

/**
 * The load client's counters of one operation, as these SLOs read them. `excluded` ones are there, too: whoever counted them
 * would see another ratio.
 */
export function clientCounters(
  operation: string,
  slos: readonly Slo[],
  { all, failed, slow }: OperationTraffic,
): readonly CounterSeries[] {
  const { service, level } = slos[0]!;
  const labels = (outcome: string): string =>
    `job="client",instance="client-1",service="${service}",level="${level}",operation="${operation}",outcome="${outcome}"`;
  const good = (second: number): number => all(second) - failed(second);
  const thresholds = new Set(slos.flatMap(({ thresholdSeconds }) => thresholdSeconds ?? []));
  const counted = { series: `client_request_duration_seconds_count{${labels('good')}}`, at: good };
  return [
    { series: `client_requests_total{${labels('good')}}`, at: good },
    { series: `client_requests_total{${labels('bad')}}`, at: failed },
    { series: `client_requests_total{${labels('excluded')}}`, at: all },
    ...(thresholds.size === 0 ? [] : [counted]),
    ...[...thresholds].map((threshold) => ({
      series: `client_request_duration_seconds_bucket{${labels('good')},le="${formatLe(threshold)}"}`,
      at: (second: number) => good(second) - slow(second),
    })),
  ];
}
