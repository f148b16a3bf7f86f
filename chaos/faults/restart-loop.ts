import { z } from 'zod';
import { randomStream, wordOf } from '../load/random.ts';
import { answeredShare } from '../witness/judgement.ts';
import { gauged, judgeFault, running } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const turn = (ms: number) => z.number().int().min(50).max(30_000).default(ms);
const params = z.strictObject({
  downMs: turn(500).describe('how long it stays dead each time, ms'),
  upMs: turn(3000).describe('how long it may live each time, its start included, ms'),
  jitterMs: z
    .number()
    .int()
    .nonnegative()
    .max(30_000)
    .default(0)
    .describe('each of the two is longer by up to this, drawn from the run’s seed, ms'),
});

/** So many turns are drawn; a loop that lasts longer plays them again. */
const drawnTurns = 20;

/** A node that crashes again and again under a supervisor that always starts it: killed, started, killed. */
export const restartLoop: Fault<z.infer<typeof params>> = {
  name: 'restart-loop',
  summary: 'a node is killed and started again, turn after turn',
  colour: colours['restart-loop'],
  params,
  gauge: 'lives',
  compile({ downMs, upMs, jitterMs }, topology, target, { id, seed, durationMs }) {
    const nodes = nodesOf('restart-loop', topology, target);
    const random = randomStream(seed, wordOf(id));
    const longer = (ms: number): number => Math.round(ms + jitterMs * random());
    const actions = nodes.map((node) => {
      const count = jitterMs === 0 ? 1 : drawnTurns;
      const turns = Array.from({ length: count }, () => ({ downMs: longer(downMs), upMs: longer(upMs) }));
      return { kind: 'node-restart-loop', node, turns } as const;
    });
    const turnMs = downMs + upMs + 2 * jitterMs;
    return {
      effects: effectsOf(actions),
      label: `restart-loop: dead for ${downMs} ms, up for ${upMs} ms${jitterMs === 0 ? '' : `, each up to ${jitterMs} ms longer`}`,
      expect: {
        // Killing and starting take their own time, and the first life is over before the witness looks.
        livesAtLeast: Math.max(1, Math.floor(durationMs / (turnMs + 1000)) - 1),
        during: 'one life after the other, not all answered',
        after: 'one life that lasts',
      },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      running('before', true),
      gauged(
        'during',
        `at least ${expect.livesAtLeast} lives, down in between`,
        ({ lives = 0, upShare = 1 }) => lives >= Number(expect.livesAtLeast) && upShare < 1,
        ({ lives = 0, upShare = 1 }) => `${lives} lives, up for ${Math.round(upShare * 100)} % of the time`,
      ),
      {
        stage: 'during',
        role: 'touched',
        connection: 'new',
        want: 'some unanswered',
        holds: (reading) => answeredShare(reading) < 1,
        once: true,
      },
      gauged('after', 'one life', ({ lives, upShare }) => lives === 1 && upShare === 1),
    ]),
};
