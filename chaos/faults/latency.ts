import { undoOf } from '@firedrill/lab/control';
import { z } from 'zod';
import { randomStream, wordOf } from '../load/random.ts';
import { count, probeDeadlineMs, probes, type Rule } from '../witness/judgement.ts';
import { grownBy, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Effect, Fault, FaultStep } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects, toxicName } from './toxic-effects.ts';

const ms = () => z.number().int().nonnegative().max(60_000);
const params = z.strictObject({
  latencyMs: ms()
    .positive()
    .describe(
      'added to every answer, ms: once per round trip, so an operation of n round trips gets n times this',
    ),
  jitterMs: ms()
    .default(0)
    .describe(
      'uniform, plus or minus, for each answer by itself, ms; drawn by Toxiproxy, which cannot be seeded',
    ),
  driftMs: ms()
    .default(0)
    .describe('uniform, plus or minus, for all answers of a second, ms; drawn from the run’s seed'),
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

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const medianKey = (edge: string): string => `median ${edge}`;

/**
 * The median round trip on an established connection grew by what was ordered. Jitter moves single answers, the median only
 * by the luck of the draw; a drift's is known from its turns, of which each is seen a few times only. What is above may be
 * scheduling.
 */
function grew(expect: Readonly<Record<string, unknown>>): Rule {
  const [latencyMs, jitterMs, driftMs] = [expect.latencyMs, expect.jitterMs, expect.driftMs ?? 0].map(
    Number,
  ) as [number, number, number];
  const slack = 5 + 0.2 * latencyMs + jitterMs / 4 + driftMs / 4;
  return {
    stage: 'during',
    role: 'touched',
    connection: 'old',
    want: `p50 ${latencyMs} ms ± ${Math.max(jitterMs, driftMs) || Math.round(slack)} ms more`,
    saw: (reading, before) =>
      reading.p50Ms === undefined || before?.p50Ms === undefined
        ? 'no answer to compare'
        : `${grownBy(reading, before).toFixed(0)} ms more (${count(reading, 'answered')} of ${probes(reading)} answered)`,
    holds(reading, before) {
      if (reading.p50Ms === undefined || before?.p50Ms === undefined) return false;
      const added = grownBy(reading, before);
      const meant = Number(expect[medianKey(reading.target)] ?? latencyMs);
      // An answer that is later than a probe's deadline was looked for in vain before it came.
      const looks = Math.floor((latencyMs + jitterMs + driftMs + slack) / probeDeadlineMs);
      const answered = count(reading, 'answered');
      const early = Math.min(count(reading, 'timed-out'), (answered + 1) * looks);
      return (
        answered >= 0.9 * (probes(reading) - early) &&
        added >= Math.max(0.3 * meant, meant - slack) &&
        added <= meant + slack + 50
      );
    },
  };
}

/** Answers come late. */
export const latency: Fault<z.infer<typeof params>> = {
  name: 'latency',
  summary: 'every answer on an edge comes later, with jitter',
  colour: colours.latency,
  params,
  compile({ latencyMs, jitterMs, driftMs }, topology, target, step) {
    const edges = edgesOf('latency', topology, target);
    const turns = edges.map((edge) => ({ edge, ...drawn(latencyMs, driftMs, edge, step) }));
    const drift = driftMs === 0 ? '' : `, drifting ± ${driftMs} ms`;
    return {
      effects: turns.flatMap(({ edge, everyMs, latencies }) =>
        latencies.flatMap((one, turn): readonly Effect[] => {
          const attributes = { latency: one, jitter: jitterMs };
          if (turn === 0) return toxicEffects(step.id, [edge], ['downstream'], 'latency', attributes);
          const stream = 'downstream';
          const toxic = {
            name: toxicName(step.id, stream),
            type: 'latency',
            stream,
            toxicity: 1,
            attributes,
          } as const;
          const action = { kind: 'toxic-update', edge, toxic } as const;
          return [{ atMs: turn * everyMs, action, undo: undoOf(action) }];
        }),
      ),
      label: `latency ${latencyMs} ms ± ${jitterMs} ms on every answer${drift}`,
      expect: {
        latencyMs,
        jitterMs,
        ...(driftMs === 0 ? {} : { driftMs }),
        ...(driftMs === 0
          ? {}
          : Object.fromEntries(turns.map(({ edge, latencies }) => [medianKey(edge), median(latencies)]))),
        during: 'answered late',
        after: 'answered as before',
      },
    };
  },
  judge(expect, readings) {
    // What is ordered here must not be felt elsewhere, not even by half.
    const stirMs = Math.min(150, Math.max(50, Number(expect.latencyMs) / 2));
    return judgeFault(expect, readings, [grew(expect)], stirMs);
  },
};
