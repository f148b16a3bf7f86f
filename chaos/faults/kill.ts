import { z } from 'zod';
import { gauged, judgeFault, nothingAnswered, running } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { nodeEffects } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({});

/** `kill -9` of a node with all its descendants; the heal starts it again. */
export const kill: Fault<z.infer<typeof params>> = {
  name: 'kill',
  summary: 'kill -9 of a node and all its descendants; started again at the heal',
  colour: colours.kill,
  params,
  gauge: 'lives',
  compile(_params, topology, target) {
    const nodes = nodesOf('kill', topology, target);
    return {
      effects: nodeEffects('node-kill', nodes),
      label: `kill -9: ${nodes.join(', ')}`,
      expect: { during: 'no process, connections closed', after: 'a process that answers' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      running('before', true),
      running('during', false),
      gauged('during', 'never up', ({ upShare }) => upShare === 0),
      // Toxiproxy accepts before it dials: a dead upstream shows as a close, not as a refusal.
      nothingAnswered('new', ['closed', 'reset', 'refused']),
      nothingAnswered('old', ['closed', 'reset', 'refused']),
      running('after', true),
    ]),
};
