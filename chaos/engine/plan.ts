import { FiredrillError } from '@firedrill/errors';
import { alertWindows, type Clock, parseDuration, prometheusRetention, sloCatalogue } from '@firedrill/slo';
import { choosesPrimary, type FeedStore, type Level, withFeed } from '@firedrill/topology';
import { inField, inSource } from '../experiments/blame.ts';
import type { ParsedExperiment } from '../experiments/experiment.ts';
import { type ExperimentAt, experimentAt } from '../experiments/experiment-at.ts';
import { firstFlaw } from '../experiments/flaw.ts';
import { resolveSelector } from '../experiments/selector.ts';
import { compileFault, type Fault, faultNamed } from '../faults/index.ts';
import type { Plan, PlannedFault } from '../journal/event.ts';
import { randomStream, wordOf } from '../load/random.ts';
import { arriving } from './arriving.ts';
import { drawTimes } from './draw-times.ts';
import { abortOf } from './plan-abort.ts';
import { contractOf } from './plan-contract.ts';
import { operatorOf } from './plan-operator.ts';
import { cost, detectionMs, type Impact, resetMs } from './prediction.ts';

export interface PlanRequest {
  readonly experiment: ParsedExperiment;
  /** The file that it was read from, for whoever must correct it; default its name. */
  readonly source?: string | undefined;
  readonly variant?: string | undefined;
  readonly topology: Level;
  /** Where feeds are kept; default as the experiment says. */
  readonly feed?: FeedStore | undefined;
  readonly seed: number;
  readonly clock: Clock;
}

/** Our drill rules hold a page this long after its windows fell (`keep_firing_for`), and Alertmanager adds its group interval. */
const pageTailMs = 15_000;

function paramsOf(fault: Fault, params: unknown, where: string): unknown {
  const parsed = fault.params.safeParse(params);
  if (parsed.success) return parsed.data;
  const { field, problem, fix } = firstFlaw(parsed.error, fault.params);
  throw new FiredrillError('invalid-data', `${fault.name}: ${problem}`, {
    where: field === '' ? where : `${where}.${field}`,
    ...(fix === undefined ? {} : { fix }),
  });
}

function compileStep(experiment: ExperimentAt, index: number, topology: Level, seed: number): PlannedFault {
  const step = experiment.timeline[index]!;
  const id = idsOf(experiment.timeline)[index] ?? step.fault;
  const fault = inField(`timeline[${index}].fault`, () => faultNamed(step.fault));
  const params = paramsOf(fault, step.params, `timeline[${index}].params`);
  const { target, compiled } = inField(`timeline[${index}].on`, () => {
    const named = resolveSelector(topology, step.on, randomStream(seed, wordOf('target'), wordOf(id)));
    const { durationMs } = step;
    return {
      target: named,
      compiled: compileFault(fault, params, topology, named, { id, seed, durationMs }),
    };
  });
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
    // What is done to servers meanwhile, by an operator or by themselves, shows at their edges too.
    expect: { ...compiled.expect, ...(isOperated(experiment, topology) ? { operated: true } : {}) },
  };
}

const isOperated = ({ operator }: ExperimentAt, topology: Level): boolean =>
  operator.length > 0 || choosesPrimary(topology);

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
      throw new FiredrillError('invalid-data', `level ${level} has no SLO ${name}`, {
        where: `impact.${name}`,
        fix: `use one of ${slos.map((one) => one.name).join(', ')}`,
      });
    }
    return typeof impact === 'number'
      ? { slo, errorRatio: impact, durationMs }
      : { slo, errorRatio: impact.ratio, durationMs: Math.min(durationMs, impact.forMs) };
  });
}

/** From the first fault to the last heal, ms. */
export const spanOf = (timeline: ExperimentAt['timeline']): number =>
  Math.max(...timeline.map(({ atMs, durationMs }) => atMs + durationMs)) -
  Math.min(...timeline.map(({ atMs }) => atMs));

/**
 * On the production clock windows are 60 times as long: a fault must stay in until it can be seen. The whole timeline is
 * stretched alike, so that its steps keep their order and their shares.
 */
function longEnough(experiment: ExperimentAt, level: number, clock: Clock): ExperimentAt {
  if (clock === 'drill' || experiment.recoversMs !== undefined) return experiment;
  const spanMs = spanOf(experiment.timeline);
  const impacts = impactsOf(experiment, level, spanMs);
  const factors = experiment.alerts.expected.map(({ alert, severity }) => {
    const impact = impacts.find((one) => one.slo.alert === alert);
    const endless = impact && { ...impact, durationMs: Number.MAX_SAFE_INTEGER };
    const neededMs = endless && detectionMs(alertWindows(clock), severity, endless);
    if (impact === undefined || neededMs === undefined) return 1;
    return (Math.round(1.2 * neededMs) + 30_000) / impact.durationMs;
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
function refuseOverlaps(faults: readonly PlannedFault[]): void {
  for (const [index, one] of faults.entries()) {
    for (const other of faults.slice(index + 1)) {
      if (one.startMs > other.endMs || other.startMs > one.endMs) continue;
      const shared = [...one.edges, ...one.nodes].find((name) =>
        [...other.edges, ...other.nodes].includes(name),
      );
      if (shared === undefined) continue;
      throw new FiredrillError('invalid-data', `${one.fault} and ${other.fault} overlap on ${shared}`, {
        where: `timeline[${faults.indexOf(other)}]`,
        fix: 'let the second begin after the first has ended (`atMs`, `durationMs`), or put it elsewhere',
      });
    }
  }
}

/** Prometheus answers a query of one-second steps up to 11,000 of them; what comes after the load is in it, too. */
const mostAtOnceSeconds = 10_000;

/**
 * At the end every window of the run is asked of Prometheus, the longest one before its start too: what it has thrown away by
 * then, or does not tell at once, is missing evidence.
 */
function refuseLongerThanKept(loadMs: number, clock: Clock): void {
  const longest = Math.max(...alertWindows(clock).pairs.map(({ longSeconds }) => longSeconds));
  const retention = prometheusRetention[clock];
  const most = Math.min((parseDuration(retention) ?? 0) - longest, mostAtOnceSeconds);
  const seconds = Math.ceil(loadMs / 1000);
  if (seconds <= most) return;
  throw new FiredrillError(
    'invalid-data',
    `the plan takes ${seconds} s, longer than its evidence is to be had: Prometheus keeps ${retention} and tells ${mostAtOnceSeconds} s at once`,
    {
      where: 'controlMs, timeline, recoveryMs',
      fix: `make control, faults and recovery at most ${most} s together`,
    },
  );
}

/**
 * Pure: experiment × level × seed × clock → all that the interpreter will do and what it should bring. The same input gives
 * the same plan, byte for byte.
 * @throws {FiredrillError} `usage` for an unknown variant, `fault-refused` for a target that is not there, `invalid-data`.
 */
export function makePlan(request: PlanRequest): Plan {
  return inSource(request.source ?? request.experiment.name, () => planOf(request));
}

function planOf(request: PlanRequest): Plan {
  const { seed, clock, variant } = request;
  const level = request.topology.number;
  const experiment = longEnough(
    drawTimes(experimentAt(request.experiment, level, variant), seed),
    level,
    clock,
  );
  const feed = request.feed ?? experiment.feed;
  const topology = withFeed(request.topology, feed);
  const windows = alertWindows(clock);
  const faults = experiment.timeline.map((_step, index) => compileStep(experiment, index, topology, seed));
  refuseOverlaps(faults);
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
  const loadMs = lastHeal + Math.max(experiment.recoveryMs, pageEnds === 0 ? 0 : pageEnds + pageTailMs);
  refuseLongerThanKept(loadMs, clock);
  return {
    experiment: experiment.name,
    title: experiment.title,
    hypothesis: experiment.hypothesis,
    ...(variant === undefined ? {} : { variant }),
    level: topology.number,
    service: topology.service,
    seed,
    clock,
    ...(choosesPrimary(topology) ? { timers: experiment.timers } : {}),
    ...(feed === 'postgres' ? {} : { feed }),
    rps: topology.labRps,
    seedRps: topology.seedRps,
    controlMs: experiment.controlMs,
    loadMs,
    traffic: arriving(topology.labRps),
    faults,
    operator: operatorOf(experiment, topology),
    ...(experiment.recoversMs === undefined ? {} : { recoversMs: experiment.recoversMs }),
    alerts,
    blind: experiment.blind,
    hypotheses: experiment.hypotheses,
    predictedBudget,
    abort: abortOf(experiment, topology, clock, predictedBudget),
  };
}
