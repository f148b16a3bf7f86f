import { z } from 'zod';
import { count, probes, type Rule } from '../witness/judgement.ts';
import { grownBy, isMost, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import type { Fault } from './fault.ts';
import { edgesOf } from './target.ts';
import { toxicEffects } from './toxic-effects.ts';

const params = z.strictObject({
  kilobytesPerSecond: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .describe('what comes back on the edge, all connections each for itself, KB/s'),
});

/** The least that any round trip on a new connection brings back: the head of an HTTP answer. */
const leastBytes = 80;

/** Small answers on a thin line: a new connection's round trip grew by at least the time of its own bytes. */
const grew = (rate: number): Rule => ({
  stage: 'during',
  role: 'touched',
  connection: 'new',
  want: `answered, p50 at least ${Math.round(leastBytes / rate)} ms more`,
  holds: (reading, before) =>
    isMost(count(reading, 'answered'), probes(reading)) &&
    reading.p50Ms !== undefined &&
    before?.p50Ms !== undefined &&
    grownBy(reading, before) >= leastBytes / rate,
  saw: (reading, before) => `${grownBy(reading, before).toFixed(0)} ms more`,
});

/** A thin line: what comes back is slowed to a rate; what is small is hardly late, what is large is. */
export const bandwidth: Fault<z.infer<typeof params>> = {
  name: 'bandwidth',
  summary: 'what comes back on an edge is slowed to a rate',
  colour: colours.bandwidth,
  params,
  compile({ kilobytesPerSecond }, topology, target, { id }) {
    const edges = edgesOf('bandwidth', topology, target);
    return {
      effects: toxicEffects(id, edges, ['downstream'], 'bandwidth', { rate: kilobytesPerSecond }),
      label: `bandwidth ${kilobytesPerSecond} KB/s on what comes back`,
      expect: { kilobytesPerSecond, during: 'answered late by the bytes', after: 'answered as before' },
    };
  },
  judge: (expect, readings) => judgeFault(expect, readings, [grew(Number(expect.kilobytesPerSecond))]),
};
