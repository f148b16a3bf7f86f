import { undoOf } from '@firedrill/lab/control';
import { z } from 'zod';
import { judgeByRules } from '../witness/judgement.ts';
import { gauged, healthyAfter, healthyBefore, othersAnswered, stillAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  /** The share of captures that the payment provider turns away, more than 0 to 1. */
  ratio: z.number().positive().max(1),
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
  params,
  gauge: 'failure',
  compile({ ratio }, topology, target, { seed }) {
    const nodes = nodesOf('fail', topology, target, 'payment-provider');
    return {
      effects: nodes.map((node) => {
        const action = { kind: 'node-setting', node, setting: 'failure', value: { ratio, seed } } as const;
        return { action, undo: undoOf(action) };
      }),
      label: `fail: ${ratio * 100} % of the captures, seed ${seed}`,
      colour: '#b3446c',
      expect: { ratio, during: 'that share of the captures turned away, still ready', after: 'none' },
    };
  },
  judge: (expect, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      gauged('before', 'no capture is meant to fail', (figures) => figures.ratio === 0),
      stillAnswered('new'),
      gauged(
        'during',
        `${Number(expect.ratio) * 100} % of the captures turned away`,
        (figures) => figures.ratio === expect.ratio && near(Number(expect.ratio), figures),
      ),
      ...othersAnswered,
      gauged('after', 'no capture is meant to fail', (figures) => figures.ratio === 0),
      ...healthyAfter,
    ]),
};
