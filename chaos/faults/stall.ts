import { z } from 'zod';
import { count } from '../witness/judgement.ts';
import { accepted, judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { bothWays, toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({});
const hourMs = 3_600_000;

/**
 * Bytes are held, not destroyed: after the heal they arrive, a COMMIT included, long after its sender gave up.
 * That is what tells it from a drop, and the witness looks for it on a connection that waits through the fault.
 */
export const stall: Fault<z.infer<typeof params>> = {
  name: 'stall',
  summary: 'bytes are held both ways and delivered at the heal',
  colour: colours.stall,
  params,
  compile(_params, topology, target, { id }) {
    const edges = edgesOf('stall', topology, target);
    return {
      effects: toxicEffects(id, edges, bothWays, 'latency', { latency: hourMs, jitter: 0 }),
      label: 'stall: every byte held both ways until the heal',
      expect: {
        during: 'nothing answered, time-outs',
        after: 'what was held is answered on the old connection',
      },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      accepted(true),
      nothingAnswered('new', ['timed-out']),
      nothingAnswered('old', ['timed-out']),
      {
        stage: 'after',
        role: 'touched',
        connection: 'old',
        want: 'the held request answered',
        holds: (reading) => count(reading, 'answered') > 0,
      },
    ]),
};
