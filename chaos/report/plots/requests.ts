import type { SecondCounts } from '../../load/series.ts';
import type { MakePlot } from './plot.ts';
import { userSeconds } from './seconds.ts';

/** How many users came in each second and how they fared. */
export const requests: MakePlot = (data) => {
  const seconds = userSeconds(data);
  if (seconds.length === 0) return undefined;
  const points = (of: (second: SecondCounts) => number) =>
    seconds.map((second): [number, number] => [second.second, of(second)]);
  return {
    name: 'requests',
    title: 'Requests per second by outcome',
    unit: '/s',
    series: [
      { name: 'good', colour: 'good', stacked: true, points: points((second) => second.good) },
      {
        name: 'failed',
        colour: 'bad',
        stacked: true,
        points: points((second) => second.bad + second.unanswered),
      },
      { name: 'not counted', colour: 'excluded', stacked: true, points: points((second) => second.excluded) },
    ],
  };
};
