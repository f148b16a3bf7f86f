import { FiredrillError } from '@firedrill/errors';
import type { Clock } from '@firedrill/slo';
import type { FeedStore, Level } from '@firedrill/topology';
import { inField, inSource } from '../experiments/blame.ts';
import type { ParsedExperiment } from '../experiments/experiment.ts';
import { lowestLevel, requireLevel } from '../experiments/experiment-at.ts';
import { findExperiment } from '../experiments/index.ts';
import type { Plan } from '../journal/event.ts';
import type { Target } from '../target.ts';
import { targetByName } from '../targets/target-by-name.ts';
import { makePlan } from './plan.ts';

export interface WantedRun {
  /** The name of an experiment, or the path of a file of the user's own. */
  readonly experiment: string;
  readonly variant?: string | undefined;
  /** Default: the cheapest that the experiment names. */
  readonly level?: number | undefined;
  /** Where feeds are kept; default as the experiment says. */
  readonly feed?: FeedStore | undefined;
  readonly seed: number;
  readonly clock: Clock;
}

export interface PreparedRun {
  readonly experiment: ParsedExperiment;
  readonly target: Target;
  readonly topology: Level;
  readonly plan: Plan;
}

/**
 * All that can be told of a run before anything is started.
 * @param base where relative paths start.
 * @throws {FiredrillError} with exit code 64, naming file or flag, field and fix.
 */
export async function prepareRun(wanted: WantedRun, base: string): Promise<PreparedRun> {
  const { variant, feed, seed, clock } = wanted;
  const source = wanted.experiment;
  const experiment = await findExperiment(source, base);
  const level = wanted.level ?? lowestLevel(experiment, variant);
  requireLevel(experiment, level, variant);
  const target = inSource(source, () => inField('target', () => targetByName(experiment.target)));
  const topology = target.topology(level);
  const plan = makePlan({ experiment, source, variant, topology, feed, seed, clock });
  inSource(source, () => refuseUnknownOperations(plan, target));
  return { experiment, target, topology, plan };
}

/** What nobody asks for is never measured: such a hypothesis could only be inconclusive. */
function refuseUnknownOperations({ hypotheses }: Plan, { journeys }: Target): void {
  const known = journeys.map(({ operation }) => operation);
  for (const [index, { operation }] of hypotheses.entries()) {
    if (operation === '*' || known.includes(operation)) continue;
    throw new FiredrillError('invalid-data', `no user asks for ${operation}`, {
      where: `hypotheses[${index}].operation`,
      fix: `use one of ${known.join(', ')}`,
    });
  }
}
