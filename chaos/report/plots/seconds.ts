import type { Operation } from '../../ledger/operations.ts';
import { perSecondSeries, type SecondCounts } from '../../load/series.ts';
import type { ReportData } from '../report-data.ts';

/** The users' requests per second by when they were due; all operations when none are named. */
export function userSeconds({ run }: ReportData, operations?: readonly string[]): readonly SecondCounts[] {
  const every = operations ?? [...new Set(run.operations.map((operation) => operation.invoke.operation))];
  const [series] = perSecondSeries(run.operations, {
    startedAtMs: run.times.loadFromMs ?? 0,
    groups: [{ name: 'plot', operations: every }],
  });
  return series?.seconds ?? [];
}

/** Latencies of what counts, per second of their due time, each second sorted. */
export function latenciesBySecond(
  operations: readonly Operation[],
  loadFromMs: number,
): readonly (readonly number[])[] {
  const seconds: number[][] = [];
  for (const { invoke, result } of operations) {
    if (invoke.retryOf !== undefined || result === undefined || result.sli === 'excluded') continue;
    const second = Math.max(0, Math.floor((invoke.due - loadFromMs) / 1000));
    while (seconds.length <= second) seconds.push([]);
    seconds[second]!.push(result.latencyMs);
  }
  for (const latencies of seconds) latencies.sort((a, b) => a - b);
  return seconds;
}
