import type { Clock } from '../clock.ts';
import { type AlertWindows, toAlertWindows, windowsSchema } from '../windows.ts';
import { applyRules } from './apply-rules.ts';
import type { Finding } from './finding.ts';
import type { LintRule, WindowsToLint } from './rule.ts';
import { readShape } from './shape.ts';
import type { YamlSource } from './source.ts';
import { burnsBudget } from './windows/burns-budget.ts';
import { canFire } from './windows/can-fire.ts';
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
  canFire,
  burnsBudget,
  scaledProduction,
];

/** A week: no drill lasts as long, and no production period is shorter. */
const shortestProductionSeconds = 7 * 86_400;

export interface LintedWindows {
  /** Undefined when their shape is wrong. */
  readonly windows: AlertWindows | undefined;
  readonly clock: Clock | undefined;
  readonly findings: readonly Finding[];
}

/** Pure: what `sloth validate` lets through in a windows file. */
export function lintWindows(
  source: YamlSource,
  around: Pick<WindowsToLint, 'slos'> & { readonly production: AlertWindows | undefined },
): LintedWindows {
  const { windows, findings } = readWindows(source);
  if (windows === undefined) return { windows, clock: undefined, findings };
  const clock = clockOf(source.file, windows);
  const production = clock === 'production' ? windows : (around.production ?? windows);
  const input = { windows, clock, production, slos: around.slos };
  return { windows, clock, findings: [...findings, ...applyRules(rules, input, source)] };
}

/** Of the folder where Sloth looks for it, else of its period. */
function clockOf(file: string, { periodSeconds }: AlertWindows): Clock {
  const folder = /windows\/(drill|production)\/[^/]*$/.exec(file)?.[1];
  return (
    (folder as Clock | undefined) ?? (periodSeconds < shortestProductionSeconds ? 'drill' : 'production')
  );
}

/** The windows, as far as they can be read, and what is wrong with their shape. */
function readWindows(source: YamlSource): {
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
