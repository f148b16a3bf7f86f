import { z } from 'zod';
import { judgeFault, nothingAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { edgeEffects } from './effects.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';

const params = z.strictObject({});

/** Nobody listens: new connections are refused at once, open ones are closed. */
export const refuse: Fault<z.infer<typeof params>> = {
  name: 'refuse',
  summary: 'connections are refused at once, open ones closed',
  colour: colours.refuse,
  params,
  compile: (_params, topology, target) => ({
    effects: edgeEffects('edge-disable', edgesOf('refuse', topology, target)),
    label: 'refuse: connections refused',
    expect: { during: 'new connections refused, old ones closed', after: 'new connections answered' },
  }),
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      nothingAnswered('new', ['refused']),
      nothingAnswered('old', ['closed', 'reset']),
    ]),
};
