import { alertWindows, clocks, formatDuration, type WindowPair } from '@firedrill/slo';
import type { PanelQuery, PanelThreshold } from './panel.ts';

/** The SLO that the viewer chose. */
export const ofSlo = 'sloth_service=~"$service",sloth_slo=~"$slo"';

/** The pairs of windows; of any clock, for their factors are the same. */
export const legs = alertWindows('production').pairs;

/** A window's ratio on whichever clock the lab runs: Sloth names the metric after the window. */
export function ratioOver(seconds: (pair: WindowPair) => number, leg: number, of = ofSlo): string {
  const windows = clocks.map((clock) => formatDuration(seconds(alertWindows(clock).pairs[leg]!)));
  return `{__name__=~"slo:sli_error:ratio_rate(${windows.join('|')})",${of}}`;
}

const asBurnRate = (ratio: string, of: string): string =>
  `${ratio} / on(sloth_id, sloth_service, sloth_slo) group_left() slo:error_budget:ratio{${of}}`;

/** The long and the short window of one pair. */
export function burnQueries(leg: number, of = ofSlo): readonly PanelQuery[] {
  const { severity, speed } = legs[leg]!;
  return [
    {
      expr: asBurnRate(
        ratioOver((pair) => pair.longSeconds, leg, of),
        of,
      ),
      legend: `${severity} ${speed}, long {{sloth_window}}`,
      meaning: severity,
    },
    {
      expr: asBurnRate(
        ratioOver((pair) => pair.shortSeconds, leg, of),
        of,
      ),
      legend: `${severity} ${speed}, short {{sloth_window}}`,
      meaning: severity,
      dashed: true,
    },
  ];
}

export const burnLine = (leg: number): PanelThreshold => ({
  value: Number(legs[leg]!.factor.toFixed(6)),
  meaning: legs[leg]!.severity,
});

export const burnLines: readonly PanelThreshold[] = legs
  .map((_, leg) => burnLine(leg))
  .toSorted((a, b) => a.value - b.value);
