import { alertWindows, formatDuration, threshold } from '@firedrill/slo';
import { secondsFor } from '../../checks/slo-events.ts';
import { samplesOf } from '../../evidence/prometheus-samples.ts';
import type { MakePlot, PlotSeries } from './plot.ts';

/** How fast the first expected alert's budget burns: by the ledger's events, and as Prometheus saw it. */
export const burnRate: MakePlot = ({ run, detections }) => {
  const found = detections.find(({ standing }) => standing === 'expected');
  const slo = found?.slo;
  if (found === undefined || slo === undefined || run.times.loadFromMs === undefined) return undefined;
  const pairs = alertWindows(run.plan.clock).pairs.filter((pair) => pair.severity === found.severity);
  const pair = found.pair ?? pairs[0]!;
  const counts = secondsFor(run, slo);
  if (counts.length === 0) return undefined;
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
          ratio(counts, second + 1, length) / slo.errorBudget,
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
                (ms - run.times.loadFromMs!) / 1000,
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

/** The error ratio of the `length` seconds before `end`; quiet before the load began. */
function ratio(
  counts: readonly { readonly good: number; readonly bad: number }[],
  end: number,
  length: number,
): number {
  let good = 0;
  let bad = 0;
  for (let second = Math.max(0, end - length); second < end; second++) {
    good += counts[second]!.good;
    bad += counts[second]!.bad;
  }
  return good + bad === 0 ? 0 : bad / (good + bad);
}
