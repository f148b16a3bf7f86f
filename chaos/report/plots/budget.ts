import { budgetCost, type Slo } from '@firedrill/slo';
import { levelOf, secondsFor } from '../../checks/slo-events.ts';
import type { ReportData } from '../report-data.ts';
import type { MakePlot, PlotSeries, ThemeColour } from './plot.ts';

const colours: Readonly<Record<string, ThemeColour>> = { availability: 'bad', latency: 'slow' };

/** What the run had cost of each SLO's 30-day budget by each second; untouched budgets are left out. */
export const budget: MakePlot = (data) => {
  const burning = data.costs.filter(({ cost }) => cost.badEvents > 0);
  const series = (burning.length > 0 ? burning : data.costs)
    .map(({ slo }) => burnt(data, slo))
    .filter((line) => line !== undefined);
  if (series.length === 0) return undefined;
  return { name: 'budget', title: 'Error budget burnt, % of 30 days', unit: ' %', series };
};

function burnt(data: ReportData, slo: Slo): PlotSeries | undefined {
  const level = levelOf(data.run);
  if (level === undefined || data.run.operations.length === 0) return undefined;
  let bad = 0;
  const points = secondsFor(data.run, slo).map((second, index): [number, number] => {
    bad += second.bad;
    return [index + 1, budgetCost(slo, level, bad).percentOf30d];
  });
  const first = slo.name.startsWith('checkout');
  return {
    name: slo.name,
    colour: first ? colours[slo.kind]! : 'measure',
    dashed: slo.kind === 'latency',
    step: true,
    points,
  };
}
