import { z } from 'zod';
import { count, judgeByRules, probeDeadlineMs, probes, type Rule } from '../witness/judgement.ts';
import { healthyAfter, healthyBefore, othersAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({
  /** Added to every answer on the edge, ms: once per round trip, so an operation of n round trips gets n times this. */
  latencyMs: z.number().int().positive().max(60_000),
  /** Uniform, plus or minus, ms; a delay below 0 is none. */
  jitterMs: z.number().int().nonnegative().default(0),
});

/**
 * The median round trip on an established connection grew by what was ordered. Jitter moves single answers, the median only
 * by the luck of the draw; what is above may be scheduling.
 */
const grew = (latencyMs: number, jitterMs: number): Rule => ({
  stage: 'during',
  role: 'touched',
  connection: 'old',
  want: `answered, p50 grown by about ${latencyMs} ms`,
  holds(reading, before) {
    if (reading.p50Ms === undefined || before?.p50Ms === undefined) return false;
    const added = reading.p50Ms - before.p50Ms;
    const slack = 5 + 0.2 * latencyMs + jitterMs / 4;
    // An answer that is later than a probe's deadline was looked for in vain before it came.
    const looks = Math.floor((latencyMs + jitterMs + slack) / probeDeadlineMs);
    const answered = count(reading, 'answered');
    const early = Math.min(count(reading, 'timed-out'), (answered + 1) * looks);
    return (
      answered >= 0.9 * (probes(reading) - early) &&
      added >= Math.max(0.3 * latencyMs, latencyMs - slack) &&
      added <= latencyMs + slack + 50
    );
  },
});

/** Answers come late. */
export const latency: Fault<z.infer<typeof params>> = {
  name: 'latency',
  summary: 'every answer on an edge comes later, with jitter',
  params,
  compile({ latencyMs, jitterMs }, topology, target, { id }) {
    const edges = edgesOf('latency', topology, target);
    return {
      effects: toxicEffects(id, edges, ['downstream'], 'latency', {
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
