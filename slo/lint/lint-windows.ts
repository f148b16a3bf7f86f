import { type Clock, clockFactor, prometheusRetention } from '../clock.ts';
import { formatDuration, parseDuration } from '../duration.ts';
import type { AlertWindows } from '../windows.ts';
import type { Finding } from './finding.ts';

export interface WindowsToLint {
  readonly file: string;
  readonly clock: Clock;
  readonly windows: AlertWindows;
  /** The production windows, which the others must be a scaled copy of. */
  readonly production: AlertWindows;
  readonly scrapeSeconds: number;
}

/** A rate over fewer is missing as soon as one scrape is late. */
const scrapesPerWindow = 4;

/** Pure: what `sloth validate` lets through in a windows file. */
export function lintWindows({
  file,
  clock,
  windows,
  production,
  scrapeSeconds,
}: WindowsToLint): readonly Finding[] {
  const findings: Finding[] = [];
  const retention = parseDuration(prometheusRetention[clock])!;
  if (windows.periodSeconds >= retention) {
    findings.push({
      file,
      field: 'spec.sloPeriod',
      problem: `${formatDuration(windows.periodSeconds)} is not shorter than Prometheus' retention of ${prometheusRetention[clock]}`,
      fix: 'shorten the period or lengthen prometheusRetention in slo/clock.ts',
    });
  }
  for (const [index, pair] of windows.pairs.entries()) {
    const field = `spec.${pair.severity}.${pair.speed}`;
    const { shortSeconds, longSeconds, errorBudgetPercent } = pair;
    if (shortSeconds >= longSeconds) {
      findings.push({
        file,
        field: `${field}.shortWindow`,
        problem: `${formatDuration(shortSeconds)} is not shorter than the long window of ${formatDuration(longSeconds)}`,
        fix: 'take about a twelfth of the long window',
      });
    }
    if (shortSeconds < scrapesPerWindow * scrapeSeconds) {
      findings.push({
        file,
        field: `${field}.shortWindow`,
        problem: `${formatDuration(shortSeconds)} holds fewer than ${scrapesPerWindow} scrapes of ${formatDuration(scrapeSeconds)}`,
        fix: `take at least ${formatDuration(scrapesPerWindow * scrapeSeconds)}`,
      });
    }
    if (!(errorBudgetPercent > 0 && errorBudgetPercent <= 100)) {
      findings.push({
        file,
        field: `${field}.errorBudgetPercent`,
        problem: `${errorBudgetPercent} % of the budget cannot be spent`,
        fix: 'take more than 0 and at most 100',
      });
    }
    const same = production.pairs[index]!;
    const factor = clockFactor[clock];
    const scaled = [
      [`${field}.shortWindow`, shortSeconds, same.shortSeconds],
      [`${field}.longWindow`, longSeconds, same.longSeconds],
    ] as const;
    for (const [where, seconds, productionSeconds] of scaled) {
      if (Math.abs(seconds * factor - productionSeconds) > 1e-6) {
        findings.push({
          file,
          field: where,
          problem: `${formatDuration(seconds)} × ${factor} is not production's ${formatDuration(productionSeconds)}`,
          fix: `write ${formatDuration(productionSeconds / factor)}`,
        });
      }
    }
    if (Math.abs(errorBudgetPercent - same.errorBudgetPercent) > 1e-9) {
      findings.push({
        file,
        field: `${field}.errorBudgetPercent`,
        problem: `${errorBudgetPercent} % is not production's ${same.errorBudgetPercent} %`,
        fix: `write ${same.errorBudgetPercent}`,
      });
    }
  }
  return findings;
}
