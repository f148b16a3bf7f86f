import { count, duration, percent } from '../figures.ts';
import { blocks, code, plotImage, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** What the run cost of each error budget, at the level's declared rate. */
export const budget: Section = ({ costs, run }) => {
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
    plotImage('budget', 'Error budget burnt, % of 30 days'),
  );
};
