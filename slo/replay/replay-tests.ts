import type { Slo } from '../catalogue.ts';
import { clientCounters } from '../rule-tests/client-counters.ts';
import { promtoolFile, scrapesAtEnd } from '../rule-tests/promtool-file.ts';
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

/** Pure: promtool tests that ask the real rules what a replay says of one SLO. All requests are for its first operation. */
export function replayTests(
  { rulesFile, groups, clock }: RulesUnderTest,
  slo: Slo,
  quietPerSecond: number,
  cases: readonly ReplayCase[],
): string {
  const windowSeconds = alertWindows(clock).pairs.flatMap((pair) => [pair.shortSeconds, pair.longSeconds]);
  const endSecond = Math.max(...windowSeconds) + Math.max(...cases.map(({ series }) => series.length));
  return promtoolFile({
    rulesFile,
    groups,
    stepSeconds: 1,
    evaluationSeconds: endSecond,
    tests: cases.map(({ name, series, severity, fires }) => {
      const quiet = endSecond - series.length;
      const good = sums(series.map((second) => second.good));
      const bad = sums(series.map((second) => second.bad));
      const failed = (second: number): number => bad[Math.max(0, second - quiet)]!;
      const all = (second: number): number =>
        Math.min(second, quiet) * quietPerSecond + good[Math.max(0, second - quiet)]! + failed(second);
      const none = (): number => 0;
      const errors = slo.kind === 'latency' ? { failed: none, slow: failed } : { failed, slow: none };
      return {
        name,
        scrapes: scrapesAtEnd(endSecond, windowSeconds, 1),
        series: clientCounters(slo.operations[0]!, [slo], { all, ...errors }),
        expected: [{ second: endSecond, severity, alerts: fires ? [slo.alert] : [] }],
      };
    }),
  });
}

/** sums[n] is the sum of the first n. */
function sums(values: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...values.map((value) => (sum += value))];
}
