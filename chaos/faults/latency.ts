import { type Toxic, undoOf } from '@firedrill/lab/control';
import { median } from '@firedrill/slo';
import { z } from 'zod';
import { randomStream, wordOf } from '../load/random.ts';
import { count, probeDeadlineMs, probes, type Rule } from '../witness/judgement.ts';
import { grownBy, isMost, judgeFault, notElsewhere } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Effect, Fault, FaultStep } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects, toxicOf } from './toxic-effects.ts';

const ms = () => z.number().int().max(60_000);
const spread = () => ms().nonnegative().default(0);
const params = z.strictObject({
  latencyMs: ms()
    .positive()
    .describe(
      'added to every answer, ms: once per round trip, so an operation of n round trips gets n times this',
    ),
  jitterMs: spread().describe(
    'uniform, plus or minus, for each answer by itself, ms; drawn by Toxiproxy, which cannot be seeded',
  ),
  driftMs: spread().describe(
    'uniform, plus or minus, for all answers of a second, ms; drawn from the run’s seed',
  ),
});

/** A drift takes a new value this often, or less often in a fault that is so long that its plan would be. */
const driftEveryMs = 1000;
const mostDrifts = 120;

/** Pure: the latency of each turn of a drift. */
function drawn(latencyMs: number, driftMs: number, edge: string, { id, seed, durationMs }: FaultStep) {
  const everyMs = Math.max(driftEveryMs, Math.ceil(durationMs / mostDrifts));
  if (driftMs === 0) return { everyMs, latencies: [latencyMs] };
  const random = randomStream(seed, wordOf(id), wordOf(edge));
  const latencies = Array.from({ length: Math.ceil(durationMs / everyMs) }, () =>
    Math.max(0, Math.round(latencyMs + (2 * random() - 1) * driftMs)),
  );
  return { everyMs, latencies };
}

/** Edge → the median of its drift, as a witness' expectation keeps it. */
const medianKey = (edge: string): string => `median ${edge}`;

/**
 * The median round trip on an established connection grew by what was ordered. Jitter moves single answers, the median only
 * by the luck of the draw; each turn of a drift is seen a few times only. What is above may be scheduling.
 */
function grew(expect: Readonly<Record<string, unknown>>): Rule {
  const figure = (name: string): number => Number(expect[name] ?? 0);
  const [latencyMs, spreadMs] = [figure('latencyMs'), figure('jitterMs') + figure('driftMs')];
  const slackMs = 5 + 0.2 * latencyMs + spreadMs / 4;
  return {
    stage: 'during',
    role: 'touched',
    connection: 'old',
    want: `${latencyMs} ms ± ${Math.round(spreadMs || slackMs)} ms`,
    saw: (reading, before) =>
      `${reading.p50Ms === undefined ? 'nothing' : `${grownBy(reading, before).toFixed(0)} ms`} (${count(reading, 'answered')} of ${probes(reading)} answered)`,
    holds(reading, before) {
      if (reading.p50Ms === undefined || before?.p50Ms === undefined) return false;
      const added = grownBy(reading, before);
      const meantMs = Number(expect[medianKey(reading.target)] ?? latencyMs);
      // An answer that is later than a probe's deadline was looked for in vain before it came.
      const looks = Math.floor((latencyMs + spreadMs + slackMs) / probeDeadlineMs);
      const answered = count(reading, 'answered');
      const early = Math.min(count(reading, 'timed-out'), (answered + 1) * looks);
      return (
        isMost(answered, probes(reading) - early) &&
        added >= Math.max(0.3 * meantMs, meantMs - slackMs) &&
        added <= meantMs + slackMs + 50
      );
    },
  };
}

/** What a drift changes, one turn after the other. */
function changes(
  edge: string,
  { id }: FaultStep,
  everyMs: number,
  attributes: readonly Toxic['attributes'][],
) {
  return attributes.map((one, turn): Effect => {
    const action = { kind: 'toxic-update', edge, toxic: toxicOf(id, 'downstream', 'latency', one) } as const;
    return { atMs: (turn + 1) * everyMs, action, undo: undoOf(action) };
  });
}

/** Answers come late. */
export const latency: Fault<z.infer<typeof params>> = {
  name: 'latency',
  summary: 'every answer on an edge comes later, with jitter',
  colour: colours.latency,
  params,
  compile({ latencyMs, jitterMs, driftMs }, topology, target, step) {
    const turns = edgesOf('latency', topology, target).map((edge) => ({
      edge,
      ...drawn(latencyMs, driftMs, edge, step),
    }));
    const drifts = driftMs > 0;
    return {
      effects: turns.flatMap(({ edge, everyMs, latencies }) => {
        const [first = {}, ...rest] = latencies.map((one) => ({ latency: one, jitter: jitterMs }));
        return [
          ...toxicEffects(step.id, [edge], ['downstream'], 'latency', first),
          ...changes(edge, step, everyMs, rest),
        ];
      }),
      label: `latency ${latencyMs} ms ± ${jitterMs} ms on every answer${drifts ? `, drifting ± ${driftMs} ms` : ''}`,
      expect: {
        ...{ latencyMs, jitterMs, driftMs },
        ...Object.fromEntries(
          drifts ? turns.map(({ edge, latencies }) => [medianKey(edge), median(latencies) ?? 0]) : [],
        ),
        during: 'answered late',
        after: 'answered as before',
      },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [grew(expect), notElsewhere(Number(expect.latencyMs))]),
};
