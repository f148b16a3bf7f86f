import { z } from 'zod';
import { gauged, judgeFault, stillAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  ratio: z
    .number()
    .positive()
    .max(1)
    .describe('the share of captures that the payment provider turns away, 0 to 1'),
});

/** How far a fair draw may be from its ratio, in standard deviations: one run in 15,000 is farther. */
const deviations = 4;

const near = (ratio: number, figures: Readonly<Record<string, number>>): boolean => {
  const { asked = 0, failed = 0 } = figures;
  const spread = deviations * Math.sqrt(ratio * (1 - ratio) * asked) + 0.5;
  return asked > 0 && Math.abs(failed - ratio * asked) <= spread;
};

/**
 * A payment provider in part out of order: a share of the captures is answered 503 before any effect, drawn from the run's
 * seed, the payment's key and how often that key was sent, so that a retry draws again. It stays ready.
 */
export const fail: Fault<z.infer<typeof params>> = {
  name: 'fail',
  summary: 'a seeded share of the captures is answered 503 by the payment provider, before any effect',
  colour: colours.fail,
  params,
  gauge: 'failure',
  compile({ ratio }, topology, target, { seed }) {
    const nodes = nodesOf('fail', topology, target, 'payment-provider');
    return {
      effects: effectsOf(
        nodes.map((node) => ({ kind: 'node-setting', node, setting: 'failure', value: { ratio, seed } })),
      ),
      label: `fail: ${ratio * 100} % of the captures, seed ${seed}`,
      expect: { ratio, during: 'that share of the captures turned away, still ready', after: 'none' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      gauged('before', 'no capture is meant to fail', (figures) => figures.ratio === 0),
      stillAnswered('new'),
      gauged(
        'during',
        `${Number(expect.ratio) * 100} % of the captures turned away`,
        (figures) => figures.ratio === expect.ratio && near(Number(expect.ratio), figures),
        ({ asked = 0, failed = 0 }) => `${failed} of ${asked}`,
      ),
      gauged('after', 'no capture is meant to fail', (figures) => figures.ratio === 0),
    ]),
};
