import {
  anyAlert,
  experimentAt,
  experiments,
  makePlan,
  type ParsedExperiment,
  parseExperiment,
  targetByName,
} from '@firedrill/chaos';
import { FiredrillError } from '@firedrill/errors';
import type { Scenario } from './scenario.ts';

/** How long the fault stays in at most; it is healed when the runbook has come to its end and that has stood for a while. */
const defaultLimitMs = 180_000;

/**
 * Pure: the run of a scenario: the experiment's fault and page, what its runbook must bring the users, and nothing of what would
 * be if nobody did anything.
 * @throws {FiredrillError} `usage` for an experiment that there is not.
 */
export function planOf(scenario: Scenario, seed: number, limitMs = defaultLimitMs) {
  const { alert, level, variant, controlMs, served = [] } = scenario;
  const base = experimentOf(scenario);
  const at = experimentAt(base, level, variant);
  const page = at.alerts.expected.find((one) => one.alert === alert && one.severity === 'page');
  const experiment = parseExperiment(
    {
      ...at,
      levels: [level],
      ...(controlMs === undefined ? {} : { controlMs }),
      timeline: at.timeline.map((step) => ({ ...step, durationMs: limitMs })),
      operator: [],
      // Served again long before the heal: nothing is predicted of how long it lasts.
      impact: Object.fromEntries(
        Object.entries(at.impact).map(([slo, impact]) => [
          slo,
          { ratio: typeof impact === 'number' ? impact : impact.ratio, forMs: limitMs / 2 },
        ]),
      ),
      alerts: {
        expected: page === undefined ? [] : [page],
        forbidden: [],
        allowed: anyAlert(level, 'the fault, or what is done about it', alert),
      },
      hypotheses: [
        ...at.hypotheses.filter(({ phase }) => phase === 'control' || phase === 'recovered'),
        ...served,
      ],
    },
    base.name,
  );
  const topology = targetByName(experiment.target).topology(level);
  return {
    plan: makePlan({ experiment, topology, seed, clock: 'drill' }),
    topology,
    target: targetByName(experiment.target),
  };
}

function experimentOf({ experiment }: Scenario): ParsedExperiment {
  if (typeof experiment !== 'string') return parseExperiment(experiment, experiment.name);
  const found = experiments.find(({ name }) => name === experiment);
  if (found !== undefined) return found;
  throw new FiredrillError('usage', `there is no experiment ${experiment}`);
}
