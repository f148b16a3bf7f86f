import { sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { fail } from './fail.ts';
import type { Fault, FaultTarget } from './fault.ts';
import { hog } from './hog.ts';
import { judgeOnLab } from './judge-on-lab.ts';
import { kill } from './kill.ts';
import { starve } from './starve.ts';
import { startShopper } from './testing/shopper.ts';

interface NodeFault {
  readonly fault: Fault;
  readonly params: unknown;
  readonly target: FaultTarget;
  /** The cheapest level that has such a node. */
  readonly level: number;
}

const node = (name: string): FaultTarget => ({ edges: [], nodes: [name] });

const nodeFaults: readonly NodeFault[] = [
  { fault: kill as Fault, params: {}, target: node('payment-1'), level: 1 },
  { fault: starve as Fault, params: { share: 0.2, periodMs: 500 }, target: node('api-1'), level: 1 },
  { fault: fail as Fault, params: { ratio: 0.5 }, target: node('payment-1'), level: 1 },
  {
    fault: hog as Fault,
    params: { connections: 12 },
    target: { edges: ['api-1:pgbouncer-1'], nodes: [] },
    level: 2,
  },
];

test.each(nodeFaults)(
  '$fault.name at level $level is confirmed where it is put, and only there, and is gone after the heal',
  async ({ fault, params, target, level }) => {
    const lab = await sharedLab(level);
    const endShopping = startShopper(lab.state, levelByNumber(level));
    try {
      const seen = await judgeOnLab(lab, levelByNumber(level), fault, params, target);
      expect(seen.figures.filter((figure) => figure.includes('want'))).toEqual([]);
      expect(seen.verdict).toBe('confirmed');
    } finally {
      await endShopping();
    }
  },
);

test.each(nodeFaults)('$fault.name is no proof of itself when it was never applied', async (one) => {
  const { fault, params, target, level } = one;
  const lab = await sharedLab(level);
  const seen = await judgeOnLab(lab, levelByNumber(level), fault, params, target, { forget: true });
  expect(seen.verdict).toBe('mismatch');
});
