import { z } from 'zod';
import { answeredShare, type Rule } from '../witness/judgement.ts';
import { gauged, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  share: z
    .number()
    .min(0.01)
    .max(0.95)
    .describe('of the time, in which the node may run: at most this share of one core'),
  periodMs: z
    .number()
    .int()
    .min(50)
    .max(10_000)
    .default(100)
    .describe('how long one turn of running and being held is, ms; a container’s CPU quota has 100'),
});

/** The share of the time that a node was held may be off by this: the sampling's luck, and a busy machine. */
const slack = 0.15;

/** Who asks while the node is held waits for its next turn: some answer took most of a hold longer than before. */
const lateBy = (holdMs: number): Rule => ({
  stage: 'during',
  role: 'touched',
  connection: 'new',
  want: `half answered, p99 grown by at least ${Math.round(holdMs / 2)} ms`,
  holds: (reading, before) =>
    answeredShare(reading) >= 0.5 &&
    reading.p99Ms !== undefined &&
    reading.p99Ms - (before?.p50Ms ?? 0) >= holdMs / 2,
});

/** A node that gets too little CPU: it runs for a share of each period and is held (SIGSTOP) for the rest. */
export const starve: Fault<z.infer<typeof params>> = {
  name: 'starve',
  summary: 'a node gets only a share of the CPU: held and let go in turn, by periods',
  colour: colours.starve,
  params,
  gauge: 'held',
  compile({ share, periodMs }, topology, target) {
    const nodes = nodesOf('starve', topology, target);
    return {
      effects: effectsOf(nodes.map((node) => ({ kind: 'node-starve', node, share, periodMs }))),
      label: `starve: ${Math.round(share * 100)} % of the time to run, in periods of ${periodMs} ms`,
      expect: { share, periodMs, during: 'answers late, held by turns', after: 'runs all the time' },
    };
  },
  judge: (expect, readings) => {
    const held = 1 - Number(expect.share);
    return judgeFault(expect, readings, [
      lateBy(held * Number(expect.periodMs)),
      gauged(
        'during',
        `held for about ${Math.round(held * 100)} % of the time`,
        ({ heldShare = Number.NaN }) => Math.abs(heldShare - held) <= slack,
        ({ heldShare = Number.NaN }) => `${Math.round(heldShare * 100)} %`,
      ),
      gauged('after', 'never held', (figures) => figures.heldShare === 0),
    ]);
  },
};
