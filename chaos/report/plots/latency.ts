import { quantile } from '../../checks/measure.ts';
import type { MakePlot } from './plot.ts';
import { latenciesBySecond } from './seconds.ts';

/** How long users waited, time-outs included, on a scale on which milliseconds and seconds both show. */
export const latency: MakePlot = ({ run, costs }) => {
  const seconds = latenciesBySecond(run.operations, run.times.loadFromMs ?? 0);
  if (seconds.length === 0) return undefined;
  const points = (q: number) =>
    seconds.map((latencies, second): [number, number | null] => [second, quantile(latencies, q) ?? null]);
  return {
    name: 'latency',
    title: 'Latency per second',
    unit: ' ms',
    scale: 'log',
    series: [
      { name: 'p99', colour: 'bad', points: points(0.99) },
      { name: 'p50', colour: 'measure', points: points(0.5) },
    ],
    limits: costs.flatMap(({ slo }) =>
      slo.thresholdSeconds === undefined
        ? []
        : [{ value: slo.thresholdSeconds * 1000, label: slo.name.replace(/-latency$/, '') }],
    ),
  };
};
