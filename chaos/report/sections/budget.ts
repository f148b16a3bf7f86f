import type { SloCost } from '../../checks/budget.ts';
import { clockTime, count, duration, durationOr, percent } from '../figures.ts';
import { blocks, code, plain, plotImage, table } from '../markdown.ts';
import type { ReportData } from '../report-data.ts';
import type { Section } from './section.ts';

/** What the run cost of each error budget, at the level's declared rate, and whose doing it was. */
export const budget: Section = (data) => {
  const { costs, run } = data;
  if (costs.length === 0) return blocks('## Error budget', 'There is no SLO for this level.');
  return blocks(
    '## Error budget',
    table(
      [
        'SLO',
        'Objective>',
        'Counted>',
        'Bad events>',
        'As full outage>',
        '30-day budget burnt>',
        'Drill budget (×60)>',
      ],
      costs.map(({ slo, cost, events }) => [
        code(slo.name),
        percent(slo.objective),
        count(events),
        count(cost.badEvents),
        duration(cost.fullOutageSeconds * 1000),
        percent(cost.percentOf30d / 100),
        percent(cost.percentOfDrillTimes60 / 100),
      ]),
    ),
    `Counted from the ledger. The 30-day budget is that of ${count(run.plan.seedRps)} requests/s. Recovery takes as long in a drill as in production, so the drill's percentage is 60 times too high: it is shown to be compared with the drill's own alerts only.`,
    whose(costs),
    incidents(data),
    plotImage('budget', 'Error budget burnt, % of 30 days'),
  );
};

const burnt = (costs: readonly SloCost[]): readonly SloCost[] =>
  costs.filter(({ cost }) => cost.badEvents > 0);

function whose(costs: readonly SloCost[]): string {
  const rows = burnt(costs).map(({ slo, cost, split: { buckets } }) => [
    code(slo.name),
    ...[buckets.incident, buckets.overlap, buckets.control, buckets.background, cost.badEvents].map(count),
  ]);
  if (rows.length === 0) return '';
  return blocks(
    table(
      ['Bad events', 'Of one incident>', 'Of several at once>', 'Before any fault>', 'Background>', 'Sum>'],
      rows,
    ),
    'An incident begins with the first bad event while its fault is in and ends with the first of ten consecutive good seconds.',
  );
}

function incidents({ costs, run }: ReportData): string {
  const labels = new Map(run.times.faults.map(({ id, label }) => [id, label]));
  const rows = burnt(costs).flatMap(({ slo, split }) =>
    split.incidents.map(({ cause, fromMs, recoveredMs, badEvents }) => [
      code(slo.name),
      plain(labels.get(cause) ?? cause),
      clockTime(fromMs),
      recoveredMs === undefined ? 'not in this run' : clockTime(recoveredMs),
      durationOr(recoveredMs === undefined ? undefined : recoveredMs - fromMs),
      count(badEvents),
    ]),
  );
  return table(['Incident', 'Cause', 'First bad event>', 'Recovered>', 'Lasted>', 'Bad events>'], rows);
}
