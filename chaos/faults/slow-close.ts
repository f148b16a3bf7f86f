import { z } from 'zod';
import { count, probeDeadlineMs, probes, type Rule } from '../witness/judgement.ts';
import { isMost, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({
  delayMs: z.number().int().positive().max(60_000).describe('how much later a close arrives, ms'),
});

/** The other side's close came later by what was ordered; the witness waits for it as long as for an answer. */
const closedLater = (delayMs: number): Rule => {
  const seenMs = Math.min(delayMs, probeDeadlineMs);
  const slackMs = 5 + 0.2 * seenMs;
  const grown = (now: number | undefined, before: number | undefined): number =>
    (now ?? Number.NaN) - (before ?? Number.NaN);
  return {
    stage: 'during',
    role: 'touched',
    connection: 'new',
    want: `answered, closed ${seenMs} ms ± ${slackMs} ms later`,
    needs: ({ closeP50Ms }) => closeP50Ms !== undefined,
    holds(reading, before) {
      const laterMs = grown(reading.closeP50Ms, before?.closeP50Ms);
      const answered = isMost(count(reading, 'answered'), probes(reading));
      return answered && laterMs >= seenMs - slackMs && laterMs <= seenMs + slackMs + 50;
    },
    saw: (reading, before) => `${grown(reading.closeP50Ms, before?.closeP50Ms).toFixed(0)} ms later`,
  };
};

/** Answers come as ever, but the other side's close comes late: connections linger, and pools with them. */
export const slowClose: Fault<z.infer<typeof params>> = {
  name: 'slow-close',
  summary: 'the close of a connection comes late, its answers do not',
  colour: colours['slow-close'],
  params,
  compile({ delayMs }, topology, target, { id }) {
    const edges = edgesOf('slow-close', topology, target);
    return {
      effects: toxicEffects(id, edges, ['downstream'], 'slow_close', { delay: delayMs }),
      label: `slow-close: ${delayMs} ms`,
      expect: { delayMs, during: 'answered, closed late', after: 'closed as before' },
    };
  },
  judge: (expect, readings) => judgeFault(expect, readings, [closedLater(Number(expect.delayMs))]),
};
