import { stringify } from 'yaml';
import { formatDuration } from '../duration.ts';
import type { AlertWindows, Severity } from '../windows.ts';

/** A counter by what it says so many seconds after the beginning. */
export interface CounterSeries {
  /** `client_requests_total{job="client",…}` */
  readonly series: string;
  readonly at: (second: number) => number;
}

/** Which alerts fire at a moment: these of a severity, and no other of it. */
export interface FiringAt {
  readonly second: number;
  readonly severity: Severity;
  readonly alerts: readonly string[];
}

export interface PromtoolTest {
  /** One line. */
  readonly name: string;
  readonly series: readonly CounterSeries[];
  /** When the series are scraped, multiples of the file's step, ascending. Everything between is a gap. */
  readonly scrapes: readonly number[];
  readonly expected: readonly FiringAt[];
}

export interface PromtoolFile {
  /** Absolute path of the rules. */
  readonly rulesFile: string;
  /** The names of its groups, in order: promtool's own order is random. */
  readonly groups: readonly string[];
  readonly stepSeconds: number;
  /** The rules are evaluated at 0 and every so many seconds. What is scraped after the last evaluation is not seen. */
  readonly evaluationSeconds: number;
  readonly tests: readonly PromtoolTest[];
}

/** Pure: a `promtool test rules` file (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). */
export function promtoolFile(file: PromtoolFile): string {
  return stringify(
    {
      rule_files: [file.rulesFile],
      evaluation_interval: formatDuration(file.evaluationSeconds),
      group_eval_order: file.groups,
      tests: file.tests.map(({ name, series, scrapes, expected }) => ({
        interval: formatDuration(file.stepSeconds),
        input_series: series.map((one) => ({
          series: one.series,
          values: valuesOf(one, scrapes, file.stepSeconds),
        })),
        promql_expr_test: expected.map(({ second, severity, alerts }) => ({
          // promtool shows the expression of what fails, and not the name of its test.
          expr: `count by (alertname) (ALERTS{alertstate="firing",severity="${severity}"}) # ${name}`,
          eval_time: formatDuration(second),
          exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
        })),
      })),
    },
    { lineWidth: 0 },
  );
}

/** `0 _x59 120`: a sample, 59 steps without, a sample. */
function valuesOf({ at }: CounterSeries, scrapes: readonly number[], stepSeconds: number): string {
  let next = 0;
  return scrapes
    .flatMap((second) => {
      const step = Math.round(second / stepSeconds);
      const gap = step - next;
      next = step + 1;
      const value = String(Number(at(second).toFixed(6)));
      return gap === 0 ? [value] : [`_x${gap}`, value];
    })
    .join(' ');
}

/** Of the windows of a severity, seconds: short and long. */
export const windowLengths = ({ pairs }: AlertWindows, severity: Severity): readonly number[] =>
  pairs
    .filter((pair) => pair.severity === severity)
    .flatMap(({ shortSeconds, longSeconds }) => [shortSeconds, longSeconds]);

/**
 * The scrapes that rates over these windows need when they are asked once, at the end: the first of each window and the last
 * of all. Where a window begins there must be one, or its rate would not be the plain sum.
 */
export function scrapesAtEnd(
  endSeconds: number,
  windowSeconds: readonly number[],
  stepSeconds: number,
): readonly number[] {
  const firsts = windowSeconds.map((window) => Math.max(0, endSeconds - window + stepSeconds));
  return [...new Set([0, ...firsts, endSeconds])].toSorted((a, b) => a - b);
}
