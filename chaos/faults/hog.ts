import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';

const params = z.strictObject({
  connections: z
    .number()
    .int()
    .positive()
    .max(200)
    .describe(
      'taken through each edge and never given back, a number; it bites when they are all that the pool has',
    ),
});

/** Callers that leak: each takes a connection of the shop's pool, begins a transaction, and leaves it open. */
export const hog: Fault<z.infer<typeof params>> = {
  name: 'hog',
  summary: 'connections of a pool are taken with open transactions and not given back',
  colour: colours.hog,
  params,
  compile({ connections }, topology, target) {
    const edges = edgesOf('hog', topology, target);
    const pools = topology.edges.filter(({ name }) => edges.includes(name)).map(({ to }) => to);
    const others = topology.nodes.filter(({ name, kind }) => pools.includes(name) && kind !== 'pgbouncer');
    if (others.length > 0) {
      throw new FiredrillError(
        'fault-refused',
        `hog takes the connections of a pool, and ${others[0]?.name} is none`,
        {
          where: 'target',
          fix: 'take an edge into a node of kind pgbouncer',
        },
      );
    }
    return {
      effects: effectsOf(edges.map((edge) => ({ kind: 'pool-hog', edge, connections }))),
      label: `hog: ${connections} connections with open transactions`,
      // The pool is one for all who use it.
      reach: topology.edges
        .filter(({ name, to }) => pools.includes(to) && !edges.includes(name))
        .map(({ name }) => name),
      expect: { connections, during: 'accepted, and no statement answered', after: 'answered again' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      nothingAnswered('new', ['timed-out', 'refused', 'closed']),
      nothingAnswered('old', ['timed-out', 'refused', 'closed']),
    ]),
};
