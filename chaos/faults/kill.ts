import { undoOf } from '@firedrill/lab/control';
import { z } from 'zod';
import { judgeByRules, type Rule } from '../witness/judgement.ts';
import { healthyAfter, healthyBefore, nothingAnswered, othersAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({});

const process = (stage: Rule['stage'], running: boolean): Rule => ({
  stage,
  role: 'touched',
  connection: 'process',
  want: running ? 'the process runs' : 'no process',
  holds: (reading) => reading.running === running,
});

/** `kill -9` of a node with all its descendants; the heal starts it again. */
export const kill: Fault<z.infer<typeof params>> = {
  name: 'kill',
  summary: 'kill -9 of a node and all its descendants; started again at the heal',
  params,
  compile(_params, topology, target) {
    const nodes = nodesOf('kill', topology, target);
    return {
      effects: nodes.map((node) => {
        const action = { kind: 'node-kill', node } as const;
        return { action, undo: undoOf(action) };
      }),
      label: `kill -9: ${nodes.join(', ')}`,
      colour: '#4d4d4d',
      expect: { during: 'no process, connections closed', after: 'a process that answers' },
    };
  },
  judge: (_expect, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      process('before', true),
      process('during', false),
      // Toxiproxy accepts before it dials: a dead upstream shows as a close, not as a refusal.
      nothingAnswered('new', ['closed', 'reset', 'refused']),
      nothingAnswered('old', ['closed', 'reset', 'refused']),
      ...othersAnswered,
      process('after', true),
      ...healthyAfter,
    ]),
};
