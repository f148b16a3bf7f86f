import { createHash } from 'node:crypto';
import { FiredrillError } from '@firedrill/errors';
import type { Slo } from '@firedrill/slo';
import { choosesPrimary, databaseServers, type Level } from '@firedrill/topology';
import { makePlan } from '../engine/plan.ts';
import { type ParsedExperiment, parseExperiment } from '../experiments/experiment.ts';
import { type ExperimentAt, levelsOf } from '../experiments/experiment-at.ts';
import type { Plan } from '../journal/event.ts';
import type { Target } from '../target.ts';
import { comparable, untouchedAt } from './comparable.ts';
import { commonRate, holdOf, leastHoldMs, yardstickOf } from './same-everywhere.ts';

export interface ComparisonRequest {
  readonly experiment: ParsedExperiment;
  readonly target: Target;
  readonly variant?: string | undefined;
  /** Default: all that it runs on. */
  readonly levels?: readonly number[] | undefined;
  readonly seed: number;
  /** Default: the shortest that tells the levels apart, ms. */
  readonly holdMs?: number | undefined;
}

export interface PlannedRow {
  /** `3`, `3+runbook` */
  readonly row: string;
  readonly topology: Level;
  /** The page that its runbook answers; absent where nobody comes. */
  readonly page?: string;
  readonly plan: Plan;
}

export interface PlannedComparison {
  /** `compare-<8 hex of all its plans>`: what has changed begins anew, what has not goes on. */
  readonly key: string;
  readonly experiment: ParsedExperiment;
  readonly variant: string | undefined;
  readonly target: Target;
  readonly seed: number;
  /** The same on every level: requests per second, the time from fault to heal, and what the budget is counted by. */
  readonly rps: number;
  readonly holdMs: number;
  readonly yardstick: Slo;
  readonly rows: readonly PlannedRow[];
}

/**
 * Pure: one fault on several levels under the same conditions; a level whose standby is promoted by hand has a row of its own in which the
 * runbook of its page is followed.
 * @throws {FiredrillError} `usage` for levels that cannot be compared, what {@link makePlan} throws for an experiment.
 */
export function planComparison(request: ComparisonRequest): PlannedComparison {
  const { experiment, target, variant, seed } = request;
  const topologies = levelsToCompare(request).map((level) => target.topology(level));
  const untouched = topologies.map((topology) => ({
    topology,
    at: untouchedAt(experiment, topology.number, variant, seed),
  }));
  refuseBlind(experiment, untouched);
  const yardstick = yardstickOf(topologies);
  const rows = untouched.flatMap(({ topology, at }) => {
    const page = isPromotedByHand(topology) ? pageOf(at, yardstick) : undefined;
    const alone = { row: String(topology.number), topology, at };
    return page === undefined ? [alone] : [alone, { ...alone, row: `${alone.row}+runbook`, page }];
  });
  const rps = commonRate(topologies);
  const leastMs = leastHoldMs(
    untouched.map(({ at }) => at),
    rows.some((row) => 'page' in row),
  );
  const holdMs = holdOf(leastMs, request.holdMs);
  const planned = rows.map(({ at, ...row }): PlannedRow => {
    const conditions = { level: row.topology.number, holdMs, rps, answered: 'page' in row };
    const same = { ...comparable(at, conditions), levels: [row.topology.number] };
    const plan = makePlan({
      experiment: parseExperiment(same, experiment.name),
      topology: { ...row.topology, labRps: rps },
      seed,
      clock: 'drill',
    });
    return { ...row, plan: variant === undefined ? plan : { ...plan, variant } };
  });
  const digest = createHash('sha256').update(JSON.stringify(planned.map(({ row, plan }) => [row, plan])));
  const key = `compare-${digest.digest('hex').slice(0, 8)}`;
  return { key, experiment, variant, target, seed, rps, holdMs, yardstick, rows: planned };
}

function levelsToCompare({ experiment, variant, levels }: ComparisonRequest): readonly number[] {
  const runsOn = levelsOf(experiment, variant);
  const what = variant === undefined ? experiment.name : `${experiment.name} --variant ${variant}`;
  const wanted = [...new Set(levels ?? runsOn)].sort((a, b) => a - b);
  const missing = wanted.filter((level) => !runsOn.includes(level));
  const fix = `it runs on ${runsOn.join(', ')}`;
  if (missing.length > 0) {
    const where = '--levels';
    throw new FiredrillError('usage', `${what} does not run on level ${missing.join(', ')}`, { where, fix });
  }
  if (wanted.length >= 2) return wanted;
  throw new FiredrillError('usage', `one level is nothing to compare: ${what} on ${wanted.join()}`, {
    where: '--levels',
    fix: runsOn.length < 2 ? 'take an experiment that runs on several (`pnpm chaos list`)' : fix,
  });
}

/** Whether the page would come, and when, is a part of every row. */
function refuseBlind({ name }: ParsedExperiment, all: readonly { readonly at: ExperimentAt }[]): void {
  if (all.every(({ at }) => at.blind.length === 0)) return;
  throw new FiredrillError('usage', `${name} breaks those who watch: nobody could say what each level did`, {
    fix: 'compare an experiment that breaks the shop (`pnpm chaos list`)',
  });
}

/** There is a standby, and nobody but a person makes it the primary. */
const isPromotedByHand = (topology: Level): boolean =>
  databaseServers(topology).length > 1 && !choosesPrimary(topology);

/** The page that somebody would be called by: the yardstick's where it is among them. */
function pageOf({ alerts: { expected } }: ExperimentAt, yardstick: Slo): string | undefined {
  const pages = expected.filter(({ severity }) => severity === 'page').map(({ alert }) => alert);
  return pages.find((alert) => alert === yardstick.alert) ?? pages[0];
}
