import { columns } from '../columns.ts';
import type { BudgetStatus, LevelStatus, SloStatus } from './slo-status.ts';

/** Pure: a level's objectives as a table for people. */
export function statusTable(status: LevelStatus): string {
  const windows = status.slos[0]?.burn.map(({ window }) => window) ?? [];
  const head = ['SLO', 'objective', 'SLI now', ...windows, 'budget left', 'of 30 days', 'firing'];
  const synthetic = status.slos.reduce((sum, { budget }) => sum + budget.syntheticEvents, 0);
  const all = status.slos.reduce((sum, { budget }) => sum + budget.events, 0);
  const period = status.slos[0]?.budget.period;
  const factor = status.clock === 'drill' ? ' (×60)' : '';
  return [
    `level ${status.level}, ${status.service}, ${status.clock} clock, ${status.at}`,
    ...columns([head, ...status.slos.map(row)]),
    `${windows[0]} to ${windows.at(-1)}: burn rate over that time; at 1 the budget lasts exactly ${period}`,
    `budget left: of the bad requests that the objective allows in ${period}${factor}`,
    "of 30 days: what they spent of that budget, at the level's declared load",
    ...(synthetic === 0
      ? []
      : [`${percent(synthetic / all)} of the requests counted are the lab's synthetic quiet history`]),
    ...(status.otherFiring.length === 0 ? [] : [`also firing: ${status.otherFiring.join(', ')}`]),
  ].join('\n');
}

const row = (slo: SloStatus): readonly string[] => [
  slo.name,
  percent(slo.objective),
  slo.sli === null ? 'no requests' : percent(slo.sli),
  ...slo.burn.map(({ burnRate }) => (burnRate === null ? '-' : burnRate.toFixed(1))),
  left(slo.budget),
  percent(slo.budget.percentOf30d / 100),
  slo.firing.join(', ') || '-',
];

const left = ({ allowedEvents, badEvents, remainingRatio }: BudgetStatus): string =>
  `${percent(remainingRatio)}, ${Math.round(badEvents)} of ${Math.floor(allowedEvents)} spent`;

/** Never rounded up to 100 % while something is missing. */
function percent(ratio: number): string {
  const rounded = Number((100 * ratio).toFixed(2));
  return `${rounded === 100 && ratio < 1 ? '>99.99' : rounded} %`;
}
