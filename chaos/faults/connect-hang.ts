import { z } from 'zod';
import { accepted, judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { edgeEffects } from './effects.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';

const params = z.strictObject({});

/**
 * A full backlog: who connects is neither taken nor refused, and waits for as long as it has patience. The other faults are met
 * by a time-out of an answer; this one only by a time-out of connecting.
 */
export const connectHang: Fault<z.infer<typeof params>> = {
  name: 'connect-hang',
  summary: 'connecting hangs, as before a server with a full backlog; open connections are closed',
  colour: colours['connect-hang'],
  params,
  compile: (_params, topology, target) => ({
    effects: edgeEffects('edge-hang', edgesOf('connect-hang', topology, target)),
    label: 'connect-hang: no connection taken, none refused',
    expect: { during: 'connecting hangs, old connections closed', after: 'new connections answered' },
  }),
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      accepted(false),
      nothingAnswered('new', ['timed-out']),
      nothingAnswered('old', ['closed', 'reset']),
    ]),
};
