import type { Clock } from '../clock.ts';
import { type AlertWindows, toAlertWindows, windowsSchema } from '../windows.ts';
import type { Finding } from './finding.ts';
import type { LintRule, WindowsToLint } from './rule.ts';
import { readShape } from './shape.ts';
import type { YamlSource } from './source.ts';
import { enoughScrapes } from './windows/enough-scrapes.ts';
import { keptPeriod } from './windows/kept-period.ts';
import { scaledProduction } from './windows/scaled-production.ts';
import { shortUnderLong } from './windows/short-under-long.ts';
import { spendableBudget } from './windows/spendable-budget.ts';
import { withinPeriod } from './windows/within-period.ts';

const rules: readonly LintRule<WindowsToLint>[] = [
  keptPeriod,
  withinPeriod,
  shortUnderLong,
  enoughScrapes,
  spendableBudget,
  scaledProduction,
];

/** A week: no drill lasts as long, and no production period is shorter. */
const shortestProductionSeconds = 7 * 86_400;

/** Pure: what `sloth validate` lets through in a windows file. `production` is what drill windows must be scaled from. */
export function lintWindows(source: YamlSource, production: AlertWindows | undefined): readonly Finding[] {
  const { windows, findings } = readWindows(source);
  if (windows === undefined) return findings;
  const clock = clockOf(source.file, windows);
  const input = {
    windows,
    clock,
    production: clock === 'production' ? windows : (production ?? windows),
  };
  return [
    ...findings,
    ...rules.flatMap(({ name, find }) => find(input).map((flaw) => source.finding(name, flaw))),
  ];
}

/** Of the folder where Sloth looks for it, else of its period. */
function clockOf(file: string, { periodSeconds }: AlertWindows): Clock {
  const folder = /windows\/(drill|production)\/[^/]*$/.exec(file)?.[1];
  return (
    (folder as Clock | undefined) ?? (periodSeconds < shortestProductionSeconds ? 'drill' : 'production')
  );
}

/** The windows, as far as they can be read, and what is wrong with their shape. */
export function readWindows(source: YamlSource): {
  readonly windows: AlertWindows | undefined;
  readonly findings: readonly Finding[];
} {
  const manual = 'https://sloth.dev/usage/slo-period-windows/';
  const { value, flaws } = readShape(windowsSchema, source.data, manual);
  return {
    windows: value === undefined ? undefined : toAlertWindows(value),
    findings: flaws.map((flaw) => source.finding('shape', flaw)),
  };
}
