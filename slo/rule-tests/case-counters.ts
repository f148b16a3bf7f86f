import type { Slo } from '../catalogue.ts';
import type { AlertCase, PastFault } from './alert-case.ts';
import { clientCounters } from './client-counters.ts';
import type { CounterSeries } from './promtool-file.ts';

/** Of each operation, while the traffic is even. */
const requestsPerSecond = 10;

/** Before that there was so many times as much. */
export const busyBefore = 10;

/** Pure: the counters that end with what a case tells. */
export function caseCounters(
  { evenSeconds, faults, turn }: Pick<AlertCase, 'evenSeconds' | 'faults' | 'turn'>,
  endSeconds: number,
): readonly CounterSeries[] {
  const evenFrom = Math.max(0, endSeconds - evenSeconds);
  const all = (second: number): number =>
    requestsPerSecond * (second + (busyBefore - 1) * Math.min(second, evenFrom));
  const byOperation = Map.groupBy(faults, ([{ operations }]) => operations[turn % operations.length]!);
  return [...byOperation].flatMap(([operation, own]) => {
    const errors =
      (kind: Slo['kind']) =>
      (second: number): number =>
        own
          .filter(([slo]) => slo.kind === kind)
          .reduce((sum, [, fault]) => sum + requestsPerSecond * errorSeconds(fault, endSeconds, second), 0);
    const traffic = { all, failed: errors('availability'), slow: errors('latency') };
    return clientCounters(
      operation,
      own.map(([slo]) => slo),
      traffic,
    );
  });
}

/** The error ratio × the time for which it was in, up to a second. */
function errorSeconds(fault: PastFault, endSeconds: number, second: number): number {
  const to = endSeconds - fault.endedSecondsAgo;
  const from = to - fault.lastedSeconds;
  return fault.errorRatio * Math.max(0, Math.min(second, to) - from);
}
