import { FiredrillError } from '@firedrill/errors';
import { alertWindows, type Clock, sloCatalogue } from '@firedrill/slo';
import type { Level } from '@firedrill/topology';
import { type ExperimentAt, experimentAt, type ParsedExperiment } from '../experiments/experiment.ts';
import { resolveSelector } from '../experiments/selector.ts';
import { compileFault, type FaultStep, faultNamed } from '../faults/index.ts';
import type { Plan, PlannedFault } from '../journal/event.ts';
import { randomStream, wordOf } from '../load/random.ts';
import { drawTimes } from './draw-times.ts';
import { contractOf } from './plan-contract.ts';
import { cost, detectionMs, type Impact, resetMs } from './prediction.ts';

export interface PlanRequest {
  readonly experiment: ParsedExperiment;
  readonly variant?: string | undefined;
  readonly topology: Level;
  readonly seed: number;
  readonly clock: Clock;
}

/** Our drill rules hold a page this long after its windows fell (`keep_firing_for`), and Alertmanager adds its group interval. */
const pageTailMs = 15_000;
/** How far above its own prediction a run on a longer clock may go. */
const abortFactor = 1.5;

function compileStep(
  experiment: ExperimentAt,
  step: ExperimentAt['timeline'][number],
  topology: Level,
  { id, seed }: Pick<FaultStep, 'id' | 'seed'>,
): PlannedFault {
  const fault = faultNamed(step.fault);
  const params = fault.params.safeParse(step.params);
  if (!params.success) {
    const issue = params.error.issues[0];
    throw new FiredrillError('invalid-data', `${step.fault}: ${issue?.path.join('.')}: ${issue?.message}`, {
      where: experiment.name,
    });
  }
  const target = resolveSelector(topology, step.on, randomStream(seed, wordOf('target'), wordOf(id)));
  const { durationMs } = step;
  const compiled = compileFault(fault, params.data, topology, target, { id, seed, durationMs });
  const startMs = experiment.controlMs + step.atMs;
  return {
    id,
    startMs,
    endMs: startMs + step.durationMs,
    fault: fault.name,
    label: compiled.label,
    colour: fault.colour,
    edges: [...target.edges],
    nodes: [...target.nodes],
    reach: [...(compiled.reach ?? [])],
    effects: compiled.effects.map((effect) => ({ ...effect })),
    // What an operator does to servers meanwhile shows at their edges too.
    expect: { ...compiled.expect, ...(experiment.operator.length === 0 ? {} : { operated: true }) },
  };
}

/** `drop`, `drop-2`, `drop-3`: what happens several times has a name for each. */
function idsOf(timeline: ExperimentAt['timeline']): readonly string[] {
  const seen = new Map<string, number>();
  return timeline.map(({ fault }) => {
    const times = (seen.get(fault) ?? 0) + 1;
    seen.set(fault, times);
    return times === 1 ? fault : `${fault}-${times}`;
  });
}

function impactsOf(experiment: ExperimentAt, level: number, durationMs: number): readonly Impact[] {
  const slos = sloCatalogue(level);
  return Object.entries(experiment.impact).map(([name, impact]) => {
    const slo = slos.find((candidate) => candidate.name === name);
    if (slo === undefined) {
      throw new FiredrillError('invalid-data', `impact: level ${level} has no SLO ${name}`, {
        where: experiment.name,
        fix: `use one of ${slos.map((one) => one.name).join(', ')}`,
      });
    }
    return typeof impact === 'number'
      ? { slo, errorRatio: impact, durationMs }
      : { slo, errorRatio: impact.ratio, durationMs: Math.min(durationMs, impact.forMs) };
  });
}

/** From the first fault to the last heal, ms. */
const spanOf = (timeline: ExperimentAt['timeline']): number =>
  Math.max(...timeline.map(({ atMs, durationMs }) => atMs + durationMs)) -
  Math.min(...timeline.map(({ atMs }) => atMs));

/**
 * On the production clock windows are 60 times as long: a fault must stay in until it can be seen. The whole timeline is
 * stretched alike, so that its steps keep their order and their shares.
 */
function longEnough(experiment: ExperimentAt, level: number, clock: Clock): ExperimentAt {
  if (clock === 'drill') return experiment;
  const spanMs = spanOf(experiment.timeline);
  const impacts = impactsOf(experiment, level, spanMs);
  const factors = experiment.alerts.expected.map(({ alert, severity }) => {
    const impact = impacts.find((one) => one.slo.alert === alert);
    const endless = impact && { ...impact, durationMs: Number.MAX_SAFE_INTEGER };
    const neededMs = endless && detectionMs(alertWindows(clock), severity, endless);
    return neededMs === undefined
      ? 1
      : (Math.round(1.2 * neededMs) + 30_000) / (impact?.durationMs ?? spanMs);
  });
  const factor = Math.max(1, ...factors);
  const longer = (ms: number): number => Math.round(ms * factor);
  return {
    ...experiment,
    timeline: experiment.timeline.map((step) => ({
      ...step,
      atMs: longer(step.atMs),
      durationMs: longer(step.durationMs),
    })),
    operator: experiment.operator.map((act) => ({ ...act, atMs: longer(act.atMs) })),
    impact: Object.fromEntries(
      Object.entries(experiment.impact).map(([slo, impact]) => [
        slo,
        typeof impact === 'number' ? impact : { ...impact, forMs: longer(impact.forMs) },
      ]),
    ),
  };
}

/** To undo one fault of an edge or a node is to restore it whole: a second one would be gone too, and nobody would say so. */
function refuseOverlaps(experiment: ExperimentAt, faults: readonly PlannedFault[]): void {
  for (const [index, one] of faults.entries()) {
    for (const other of faults.slice(index + 1)) {
      if (one.startMs > other.endMs || other.startMs > one.endMs) continue;
      const shared = [...one.edges, ...one.nodes].find((name) =>
        [...other.edges, ...other.nodes].includes(name),
      );
      if (shared === undefined) continue;
      throw new FiredrillError('invalid-data', `${one.fault} and ${other.fault} overlap on ${shared}`, {
        where: experiment.name,
        fix: 'let the second begin after the first has ended (`atMs`, `durationMs`), or put it elsewhere',
      });
    }
  }
}

/** Some users are cut off by every fault for a moment, whatever it does afterwards: seconds of everything failing. */
const abortSlackSeconds = 20;

/**
 * What the experiment itself says, or twice what it predicts and a little more. A fault that stays in longer than its author
 * planned costs more: that alone must not abort it.
 */
function abortOf(
  experiment: ExperimentAt,
  topology: Level,
  clock: Clock,
  predicted: Plan['predictedBudget'],
): Plan['abort'] {
  const predictedBad = predicted.reduce((sum, { badEvents }) => sum + badEvents, 0);
  const own = experiment.abort?.badEventsAtMost;
  if (own !== undefined && clock === 'drill') return { badEventsAtMost: own };
  const derived =
    own === undefined
      ? 2 * predictedBad + abortSlackSeconds * topology.labRps
      : Math.max(own, abortFactor * predictedBad);
  return { badEventsAtMost: Math.ceil(derived) };
}

/** @throws {FiredrillError} `fault-refused` for a lever that cannot be pulled there. */
function operatorOf(experiment: ExperimentAt, topology: Level): Plan['operator'] {
  return experiment.operator.map(({ atMs, lever, node }) => {
    const standbys = topology.nodes.filter(({ follows }) => follows !== undefined).map(({ name }) => name);
    if (standbys.includes(node)) return { atMs: experiment.controlMs + atMs, lever, node };
    throw new FiredrillError('fault-refused', `${node} is no standby: it cannot be promoted`, {
      where: experiment.name,
      fix: standbys.length === 0 ? 'take a level that has standbys' : `use one of ${standbys.join(', ')}`,
    });
  });
}

/**
 * Pure: experiment × level × seed × clock → all that the interpreter will do and what it should bring. The same input gives
 * the same plan, byte for byte.
 * @throws {FiredrillError} `usage` for an unknown variant, `fault-refused` for a target that is not there, `invalid-data`.
 */
export function makePlan(request: PlanRequest): Plan {
  const { topology, seed, clock, variant } = request;
  const experiment = longEnough(
    drawTimes(experimentAt(request.experiment, topology.number, variant), seed),
    topology.number,
    clock,
  );
  const ids = idsOf(experiment.timeline);
  const windows = alertWindows(clock);
  const faults = experiment.timeline.map((step, index) =>
    compileStep(experiment, step, topology, {
      id: ids[index] ?? step.fault,
      seed,
    }),
  );
  refuseOverlaps(experiment, faults);
  const impacts = impactsOf(experiment, topology.number, spanOf(experiment.timeline));

  const alerts = contractOf({
    experiment,
    impacts,
    level: topology.number,
    levels: request.experiment.levels,
    clock,
  });
  const pageEnds = Math.max(0, ...impacts.map((impact) => resetMs(windows, impact)));
  const predictedBudget = impacts.map((impact) => cost(topology, impact));
  const lastHeal = Math.max(...faults.map((fault) => fault.endMs));
  return {
    experiment: experiment.name,
    title: experiment.title,
    hypothesis: experiment.hypothesis,
    ...(variant === undefined ? {} : { variant }),
    level: topology.number,
    service: topology.service,
    seed,
    clock,
    rps: topology.labRps,
    seedRps: topology.seedRps,
    controlMs: experiment.controlMs,
    loadMs: lastHeal + Math.max(experiment.recoveryMs, pageEnds === 0 ? 0 : pageEnds + pageTailMs),
    faults,
    operator: operatorOf(experiment, topology),
    alerts,
    hypotheses: experiment.hypotheses,
    predictedBudget,
    abort: abortOf(experiment, topology, clock, predictedBudget),
  };
}
