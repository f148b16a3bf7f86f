import { stringify } from 'yaml';
import type { SecondCount } from './production.ts';

export interface PromtoolCase {
  /** Absolute path of the production rules. */
  readonly rulesFile: string;
  /** The names of its groups, in order: promtool's own order is random. */
  readonly groups: readonly string[];
  readonly service: string;
  readonly operation: string;
  readonly quietDays: number;
  readonly quietPerSecond: number;
  /** Begins when the quiet days are over; the alerts are asked at its end. */
  readonly series: readonly SecondCount[];
  /** Every window of the rules, seconds. */
  readonly windows: readonly number[];
  readonly asks: readonly { readonly alert: string; readonly severity: string; readonly fires: boolean }[];
}

/**
 * A promtool unit test that evaluates the real rules once, at the end of the series. A sample a minute, and one a second
 * where a window begins: a rate over samples that straddle its left edge would not be the plain sum.
 */
export function promtoolCase(test: PromtoolCase): string {
  const { quietDays, quietPerSecond, series, windows } = test;
  const quiet = quietDays * 86_400;
  const end = quiet + series.length;
  const times = new Set<number>([0, quiet, end]);
  for (let second = 0; second <= end; second += 60) times.add(second);
  for (const edge of [quiet, end, ...windows.map((window) => end - window)]) {
    for (let second = Math.max(0, edge - 3); second <= Math.min(end, edge + 3); second++) times.add(second);
  }
  const sorted = [...times].sort((a, b) => a - b);
  const sums = { good: [0], bad: [0] };
  for (const second of series) {
    sums.good.push(sums.good.at(-1)! + second.good);
    sums.bad.push(sums.bad.at(-1)! + second.bad);
  }
  const values = (outcome: 'good' | 'bad'): string =>
    sorted
      .map((second, index) => {
        const history = outcome === 'good' ? Math.min(second, quiet) * quietPerSecond : 0;
        const gap = second - (sorted[index - 1] ?? -1) - 1;
        const value = history + sums[outcome][Math.max(0, second - quiet)]!;
        return `${gap === 0 ? '' : gap === 1 ? '_ ' : `_x${gap} `}${value}`;
      })
      .join(' ');
  const labels = `job="client",service="${test.service}",operation="${test.operation}"`;
  return stringify(
    {
      rule_files: [test.rulesFile],
      evaluation_interval: `${end}s`,
      group_eval_order: test.groups,
      tests: [
        {
          interval: '1s',
          input_series: (['good', 'bad'] as const).map((outcome) => ({
            series: `client_requests_total{${labels},outcome="${outcome}"}`,
            values: values(outcome),
          })),
          promql_expr_test: test.asks.map(({ alert, severity, fires }) => ({
            expr: `count(ALERTS{alertname="${alert}",severity="${severity}",alertstate="firing"}) or vector(0)`,
            eval_time: `${end}s`,
            exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
          })),
        },
      ],
    },
    { lineWidth: 0 },
  );
}
