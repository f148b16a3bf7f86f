import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';
import { answeredShare, type Rule } from '../witness/judgement.ts';
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
  overMs: z
    .number()
    .int()
    .nonnegative()
    .max(600_000)
    .default(0)
    .describe('one after the other, evenly over this time, ms; 0: all at once'),
});

const unanswered = ['timed-out', 'refused', 'closed'];

/** A leak is full at some time: who asks then waits in vain. */
const someUnanswered: Rule = {
  stage: 'during',
  role: 'touched',
  connection: 'new',
  want: 'some not answered',
  holds: (reading) => answeredShare(reading) < 1,
};

/** Callers that leak: each takes a connection of the shop's pool, begins a transaction, and leaves it open. */
export const hog: Fault<z.infer<typeof params>> = {
  name: 'hog',
  summary: 'connections of a pool are taken with open transactions and not given back',
  colour: colours.hog,
  params,
  compile({ connections, overMs }, topology, target) {
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
      effects: effectsOf(
        edges.map((edge) => ({ kind: 'pool-hog', edge, connections, ...(overMs === 0 ? {} : { overMs }) })),
      ),
      label: `hog: ${connections} connections with open transactions${overMs === 0 ? '' : `, over ${overMs / 1000} s`}`,
      // The pool is one for all who use it.
      reach: topology.edges
        .filter(({ name, to }) => pools.includes(to) && !edges.includes(name))
        .map(({ name }) => name),
      expect: {
        connections,
        during: overMs === 0 ? 'accepted, and no statement answered' : 'less and less of it answered',
        after: 'answered again',
        ...(overMs === 0 ? {} : { overMs }),
      },
    };
  },
  judge: (expect, readings) =>
    judgeFault(
      expect,
      readings,
      expect.overMs === undefined
        ? [nothingAnswered('new', unanswered), nothingAnswered('old', unanswered)]
        : [someUnanswered],
    ),
};
