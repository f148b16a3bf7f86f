import { alertWindows, formatDuration, threshold } from '@firedrill/slo';
import { historyOf, type SloCounts, secondsFor } from '../../checks/slo-events.ts';
import { samplesOf } from '../../evidence/prometheus-samples.ts';
import type { MakePlot, PlotSeries } from './plot.ts';

/** How fast the first expected alert's budget burns: by the ledger's events, and as Prometheus saw it. */
export const burnRate: MakePlot = ({ run, detections }) => {
  const found = detections.find(({ standing }) => standing === 'expected');
  const slo = found?.slo;
  const { loadFromMs } = run.times;
  if (found === undefined || slo === undefined || loadFromMs === undefined) return undefined;
  const pairs = alertWindows(run.plan.clock).pairs.filter((pair) => pair.severity === found.severity);
  const pair = found.pair ?? pairs[0]!;
  const counts = secondsFor(run, slo);
  if (counts.length === 0) return undefined;
  const { historyPerSecond, historyToMs = loadFromMs } = historyOf(run, slo);
  const quiet = { perSecond: historyPerSecond, toSecond: Math.min(0, (historyToMs - loadFromMs) / 1000) };
  const series = [pair.shortSeconds, pair.longSeconds].flatMap((length, index): PlotSeries[] => {
    const colour = index === 0 ? 'bad' : 'measure';
    const name = formatDuration(length);
    const seen = samplesOf(run.evidence.get(`prometheus-error-ratio-${name}`), slo.id);
    return [
      {
        name: `${name} by events`,
        colour,
        points: counts.map((_, second): [number, number] => [
          second + 1,
          ratio(counts, second + 1, length, quiet) / slo.errorBudget,
        ]),
      },
      ...(seen.length === 0
        ? []
        : [
            {
              name: `${name} at Prometheus`,
              colour,
              dashed: true,
              points: seen.map(([ms, value]): [number, number | null] => [
                (ms - loadFromMs) / 1000,
                value === null ? null : value / slo.errorBudget,
              ]),
            } satisfies PlotSeries,
          ]),
    ];
  });
  const factor = threshold(pair, slo.errorBudget) / slo.errorBudget;
  return {
    name: 'burn-rate',
    title: `Burn rate of ${slo.name}`,
    unit: '×',
    series,
    limits: [{ value: factor, label: `pages over ${factor.toFixed(1)}` }],
  };
};

/** The error ratio of the `length` seconds before `end`, which reach back into the quiet history of before the load. */
function ratio(
  counts: readonly SloCounts[],
  end: number,
  length: number,
  quiet: { readonly perSecond: number; readonly toSecond: number },
): number {
  let good = Math.max(0, quiet.toSecond - (end - length)) * quiet.perSecond;
  let bad = 0;
  for (let second = Math.max(0, end - length); second < end; second++) {
    good += counts[second]!.good;
    bad += counts[second]!.bad;
  }
  return good + bad === 0 ? 0 : bad / (good + bad);
}
