import type { Slo } from '../catalogue.ts';
import { clientCounters, type OperationTraffic } from '../rule-tests/client-counters.ts';
import { promtoolFile, scrapesAtEnd, windowLengths } from '../rule-tests/promtool-file.ts';
import type { RulesUnderTest } from '../rule-tests/rules-under-test.ts';
import { alertWindows, type Severity } from '../windows.ts';
import type { SecondCount } from './production.ts';

export interface ReplayCase {
  readonly name: string;
  /** Ends at the moment at which the alert is asked; before it come quiet days. */
  readonly series: readonly SecondCount[];
  readonly severity: Severity;
  readonly fires: boolean;
}

/**
 * Pure: promtool tests that ask the real rules what a replay says of one SLO, a file for each severity. All requests are for
 * the SLO's first operation.
 */
export function replayTests(
  { rulesFile, groups, clock }: RulesUnderTest,
  slo: Slo,
  quietPerSecond: number,
  cases: readonly ReplayCase[],
): readonly string[] {
  return [...Map.groupBy(cases, (one) => one.severity)].map(([severity, own]) => {
    const windowSeconds = windowLengths(alertWindows(clock), severity);
    const endSecond = Math.max(...windowSeconds) + Math.max(...own.map(({ series }) => series.length));
    const scrapes = scrapesAtEnd(endSecond, windowSeconds, 1);
    const tests = own.map(({ name, series, fires }) => {
      const expected = [{ second: endSecond, severity, alerts: fires ? [slo.alert] : [] }];
      const traffic = replayTraffic(slo, series, endSecond - series.length, quietPerSecond);
      return { name, scrapes, series: clientCounters(slo.operations[0]!, [slo], traffic), expected };
    });
    return promtoolFile({ rulesFile, groups, stepSeconds: 1, evaluationSeconds: endSecond, tests });
  });
}

function replayTraffic(
  { kind }: Slo,
  series: readonly SecondCount[],
  quietSeconds: number,
  quietPerSecond: number,
): OperationTraffic {
  const good = sums(series.map((second) => second.good));
  const bad = sums(series.map((second) => second.bad));
  const errors = (second: number): number => bad[Math.max(0, second - quietSeconds)]!;
  const all = (second: number): number =>
    Math.min(second, quietSeconds) * quietPerSecond +
    good[Math.max(0, second - quietSeconds)]! +
    errors(second);
  const none = (): number => 0;
  return kind === 'latency' ? { all, failed: none, slow: errors } : { all, failed: errors, slow: none };
}

/** sums[n] is the sum of the first n. */
function sums(values: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...values.map((value) => (sum += value))];
}
