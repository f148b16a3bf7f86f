import type { ReportData } from '../report-data.ts';
import { budget } from './budget.ts';
import { burnRate } from './burn-rate.ts';
import { drawSvg } from './draw-svg.ts';
import { errorRatio } from './error-ratio.ts';
import { latency } from './latency.ts';
import { marksOf, shadesOf } from './marks.ts';
import type { MakePlot } from './plot.ts';
import { requests } from './requests.ts';

const plots: readonly MakePlot[] = [requests, errorRatio, latency, burnRate, budget];

/** The run's drawings, by name: each an SVG that follows the variables of `theme.ts`. */
export function drawPlots(data: ReportData): ReadonlyMap<string, string> {
  const marks = marksOf(data);
  const shades = shadesOf(data);
  const { loadFromMs = 0, loadToMs = data.run.times.endMs } = data.run.times;
  const seconds = Math.max(1, Math.ceil((loadToMs - loadFromMs) / 1000));
  const drawn = new Map<string, string>();
  for (const make of plots) {
    const plot = make(data);
    if (plot !== undefined) drawn.set(plot.name, drawSvg(plot, { seconds, marks, shades }));
  }
  return drawn;
}
