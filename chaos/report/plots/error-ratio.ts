import type { SecondCounts } from '../../load/series.ts';
import type { MakePlot, PlotSeries, ThemeColour } from './plot.ts';
import { userSeconds } from './seconds.ts';

const windowSeconds = 5;
const colours: readonly ThemeColour[] = ['bad', 'measure', 'page', 'slow'];

/** The share of users who were failed, per availability SLO, over a few seconds so that single requests do not flicker. */
export const errorRatio: MakePlot = (data) => {
  const slos = data.costs.map((cost) => cost.slo).filter((slo) => slo.kind === 'availability');
  const series = slos.map((slo, index): PlotSeries => {
    const seconds = userSeconds(data, slo.operations);
    return {
      name: slo.name.replace(/-availability$/, ''),
      colour: colours[index % colours.length]!,
      points: seconds.map((second): [number, number | null] => [
        second.second,
        ratioUntil(seconds, second.second),
      ]),
    };
  });
  if (series.every((line) => line.points.length === 0)) return undefined;
  return {
    name: 'error-ratio',
    title: `Error ratio over ${windowSeconds} seconds`,
    unit: '%',
    max: 100,
    series,
  };
};

function ratioUntil(seconds: readonly SecondCounts[], last: number): number | null {
  let good = 0;
  let bad = 0;
  for (const second of seconds.slice(Math.max(0, last - windowSeconds + 1), last + 1)) {
    good += second.good;
    bad += second.bad;
  }
  return good + bad === 0 ? null : (100 * bad) / (good + bad);
}
