import { blocks, code, count, duration, percent, table } from '@firedrill/chaos/report';
import { levelByNumber } from '@firedrill/topology';
import type { Section } from './section.ts';

/** What the incident cost of each SLO's budget. */
export const budget: Section = ({ burns, incident }) => {
  if (burns.length === 0) return blocks('## Error budget', 'What it cost is not known: nobody counted.');
  const hasRun = burns.some(({ badInRun }) => badInRun !== undefined);
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
        ...(hasRun ? ['Bad in the whole run>'] : []),
      ],
      burns.map(({ slo, events, cost, badInRun }) => [
        code(slo.name),
        percent(slo.objective),
        count(events),
        count(cost.badEvents),
        duration(cost.fullOutageSeconds * 1000),
        percent(cost.percentOf30d / 100),
        ...(hasRun ? [count(badInRun ?? 0)] : []),
      ]),
    ),
    `By exact counts while it lasted for the users. The 30-day budget is that of ${count(levelByNumber(incident.level).seedRps)} requests/s.`,
  );
};
