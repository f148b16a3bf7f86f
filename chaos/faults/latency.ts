import { z } from 'zod';
import { answeredShare, judgeByRules, type Rule } from '../witness/judgement.ts';
import { healthyAfter, healthyBefore, othersAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({
  /** Added to every answer on the edge, ms: once per round trip, so an operation of n round trips gets n times this. */
  latencyMs: z.number().int().positive().max(60_000),
  /** Uniform, plus or minus, ms. */
  jitterMs: z.number().int().nonnegative().default(0),
});

/** The round trip on an established connection grew by what was ordered: half of it may be scheduling, none may be missing. */
const grew = (latencyMs: number, jitterMs: number): Rule => ({
  stage: 'during',
  role: 'touched',
  connection: 'old',
  want: `answered, p50 grown by ${latencyMs} ms ± ${jitterMs} ms`,
  holds(reading, before) {
    if (reading.p50Ms === undefined || before?.p50Ms === undefined) return false;
    const added = reading.p50Ms - before.p50Ms;
    const slack = 5 + 0.2 * latencyMs;
    return (
      answeredShare(reading) >= 0.9 &&
      added >= latencyMs - jitterMs - slack &&
      added <= latencyMs + jitterMs + slack + 50
    );
  },
});

/** Answers come late. */
export const latency: Fault<z.infer<typeof params>> = {
  name: 'latency',
  summary: 'every answer on an edge comes later, with jitter',
  params,
  compile({ latencyMs, jitterMs }, topology, target) {
    const edges = edgesOf('latency', topology, target);
    return {
      effects: toxicEffects('latency', edges, ['downstream'], 'latency', {
        latency: latencyMs,
        jitter: jitterMs,
      }),
      label: `latency ${latencyMs} ms ± ${jitterMs} ms on every answer`,
      colour: '#d9a521',
      expect: { latencyMs, jitterMs, during: 'answered late', after: 'answered as before' },
    };
  },
  judge: (expect, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      grew(Number(expect.latencyMs), Number(expect.jitterMs)),
      ...othersAnswered,
      ...healthyAfter,
    ]),
};
