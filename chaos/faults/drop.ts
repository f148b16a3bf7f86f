import { z } from 'zod';
import { accepted, judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { bothWays, toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({});

/**
 * A black hole: the connection is accepted, then no byte passes either way. Bytes in flight are destroyed at the heal, and a
 * peer's close still leaks through (Toxiproxy's `timeout: 0`).
 */
export const drop: Fault<z.infer<typeof params>> = {
  name: 'drop',
  summary: 'black hole both ways: bytes vanish, connections stay open, old ones close at the heal',
  colour: colours.drop,
  params,
  compile(_params, topology, target, { id }) {
    const edges = edgesOf('drop', topology, target);
    return {
      effects: toxicEffects(id, edges, bothWays, 'timeout', { timeout: 0 }),
      label: 'drop: every byte both ways',
      expect: { during: 'nothing answered, time-outs', after: 'old connections closed, new ones answered' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      accepted(true),
      // A server that an operator fenced behind the hole closes what it is sent.
      nothingAnswered('new', expect.operated === true ? ['timed-out', 'closed', 'reset'] : ['timed-out']),
      nothingAnswered('old', ['timed-out', 'closed', 'reset']),
    ]),
};
