import { undoOf } from '@firedrill/lab/control';
import { z } from 'zod';
import { judgeByRules } from '../witness/judgement.ts';
import { healthyAfter, healthyBefore, nothingAnswered, othersAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';

const params = z.strictObject({});

/** Nobody listens: new connections are refused at once, open ones are closed. */
export const refuse: Fault<z.infer<typeof params>> = {
  name: 'refuse',
  summary: 'connections are refused at once, open ones closed',
  params,
  compile(_params, topology, target) {
    const edges = edgesOf('refuse', topology, target);
    return {
      effects: edges.map((edge) => {
        const action = { kind: 'edge-disable', edge } as const;
        return { action, undo: undoOf(action) };
      }),
      label: 'refuse: connections refused',
      colour: '#e0862f',
      expect: { during: 'new connections refused, old ones closed', after: 'new connections answered' },
    };
  },
  judge: (_expect, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      nothingAnswered('new', ['refused']),
      nothingAnswered('old', ['closed', 'reset']),
      ...othersAnswered,
      ...healthyAfter,
    ]),
};
