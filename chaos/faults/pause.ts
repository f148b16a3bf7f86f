import { z } from 'zod';
import { accepted, gauged, judgeFault, nothingAnswered, running } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { nodeEffects } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({});

/**
 * A node that hangs as a whole (SIGSTOP of all its processes): its sockets stay, the kernel takes connections for it, nothing is
 * answered. On the line it looks like a drop; the processes tell them apart.
 */
export const pause: Fault<z.infer<typeof params>> = {
  name: 'pause',
  summary: 'every process of a node is held; it goes on at the heal as if nothing had been',
  colour: colours.pause,
  params,
  gauge: 'held',
  compile(_params, topology, target) {
    const nodes = nodesOf('pause', topology, target);
    return {
      effects: nodeEffects('node-pause', nodes),
      label: `pause: ${nodes.join(', ')}`,
      expect: { during: 'held, connections taken, nothing answered', after: 'runs, and answers' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      running('during', true),
      gauged('during', 'held all the time', ({ heldShare }) => heldShare === 1),
      accepted(true),
      nothingAnswered('new', ['timed-out']),
      nothingAnswered('old', ['timed-out']),
      gauged('after', 'never held', ({ heldShare }) => heldShare === 0),
    ]),
};
