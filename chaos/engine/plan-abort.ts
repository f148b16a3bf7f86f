import { knownAlerts } from '@firedrill/alerts';
import { FiredrillError } from '@firedrill/errors';
import type { Clock } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { parser } from '@prometheus-io/lezer-promql';
import type { ExperimentAt } from '../experiments/experiment-at.ts';
import type { Plan } from '../journal/event.ts';

/** How far above its own prediction a run on a longer clock may go. */
const abortFactor = 1.5;
/** Some users are cut off by every fault for a moment, whatever it does afterwards: seconds of everything failing. */
export const abortSlackSeconds = 20;

/**
 * Pure: when a run ends early.
 * @throws {FiredrillError} `invalid-data` for a guard that could never stop a run, or that would stop every one.
 */
export function abortOf(
  experiment: ExperimentAt,
  topology: Level,
  clock: Clock,
  predicted: Plan['predictedBudget'],
): Plan['abort'] {
  const { alerts = [], queries = [] } = experiment.abort ?? {};
  refuseUselessAlerts(alerts, experiment, topology.number);
  for (const [index, { query }] of queries.entries()) refuseBadQuery(query, index);
  return { badEventsAtMost: budgetOf(experiment, topology, clock, predicted), alerts, queries };
}

/**
 * What the experiment itself says, or twice what it predicts and a little more. A fault that stays in longer than its author
 * planned costs more: that alone must not abort it.
 */
function budgetOf(
  experiment: ExperimentAt,
  topology: Level,
  clock: Clock,
  predicted: Plan['predictedBudget'],
): number {
  const predictedBad = predicted.reduce((sum, { badEvents }) => sum + badEvents, 0);
  const own = experiment.abort?.badEventsAtMost;
  if (own !== undefined && clock === 'drill') return own;
  const derived =
    own === undefined
      ? 2 * predictedBad + abortSlackSeconds * topology.labRps
      : Math.max(own, abortFactor * predictedBad);
  return Math.ceil(derived);
}

function refuseUselessAlerts(
  alerts: Plan['abort']['alerts'],
  { alerts: contract }: ExperimentAt,
  level: number,
): void {
  for (const [index, { alert, severity }] of alerts.entries()) {
    const where = `abort.alerts[${index}]`;
    if (!knownAlerts(level).has(`${severity} ${alert}`)) {
      throw new FiredrillError('invalid-data', `level ${level} has no ${severity} ${alert}`, {
        where,
        fix: 'name an alert of alerts/rules or slo/specs',
      });
    }
    if (contract.expected.some((one) => one.alert === alert && one.severity === severity)) {
      throw new FiredrillError('invalid-data', `${severity} ${alert} is expected: it would abort every run`, {
        where,
        fix: 'abort on an alert that must not fire, or do not expect it',
      });
    }
  }
}

function refuseBadQuery(query: string, index: number): void {
  let at: number | undefined;
  parser.parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) at ??= from;
    },
  });
  if (at === undefined && query.trim() !== '') return;
  throw new FiredrillError('invalid-data', `not PromQL from character ${(at ?? 0) + 1} on: ${query}`, {
    where: `abort.queries[${index}].query`,
    fix: "try it in the query page of the lab's Prometheus (`pnpm lab status` shows its port)",
  });
}
