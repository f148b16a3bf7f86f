import { z } from 'zod';
import { accepted, judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({
  timeoutMs: z
    .number()
    .int()
    .nonnegative()
    .max(60_000)
    .default(0)
    .describe('from the first byte of a question to the reset, ms'),
});

/**
 * A broken line: the connection is taken, and reset (RST) as soon as something is asked, before the question arrives.
 * Toxiproxy resets only what begins under it: a connection from before ends in order.
 */
export const reset: Fault<z.infer<typeof params>> = {
  name: 'reset',
  summary: 'connections are taken, and reset as soon as something is asked',
  colour: colours.reset,
  params,
  compile({ timeoutMs }, topology, target, { id }) {
    const edges = edgesOf('reset', topology, target);
    return {
      effects: toxicEffects(id, edges, ['upstream'], 'reset_peer', { timeout: timeoutMs }),
      label: `reset: ${timeoutMs} ms after the first byte of a question`,
      expect: { timeoutMs, during: 'new connections taken and reset', after: 'new connections answered' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      accepted(true),
      nothingAnswered('new', ['reset']),
      nothingAnswered('old', ['reset', 'closed']),
    ]),
};
