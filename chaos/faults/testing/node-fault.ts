import { sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import type { Fault, FaultTarget } from '../fault.ts';
import { judgeOnLab } from '../judge-on-lab.ts';
import { startShopper } from './shopper.ts';

export interface NodeFault {
  readonly fault: Fault;
  readonly params: unknown;
  readonly target: FaultTarget;
  /** The cheapest level that has such a node. */
  readonly level: number;
  /** Nodes that need disks of their own. */
  readonly disks?: readonly string[];
  /** How long it stays in, ms. */
  readonly duringMs?: number;
}

/** Puts a node's fault on a real lab while somebody buys, and forgets to put it. */
export function testNodeFault({ fault, params, target, level, disks = [], duringMs }: NodeFault): void {
  test(`${fault.name} at level ${level} is confirmed where it is put, and only there, and is gone after the heal`, async () => {
    const lab = await sharedLab(level, 'drill', disks);
    const endShopping = startShopper(lab.state, levelByNumber(level));
    try {
      const options = duringMs === undefined ? {} : { duringMs };
      const seen = await judgeOnLab(lab, levelByNumber(level), fault, params, target, options);
      expect(seen.failed).toEqual([]);
      expect(seen.verdict).toBe('confirmed');
    } finally {
      await endShopping();
    }
  });

  test(`${fault.name} is no proof of itself when it was never applied`, async () => {
    const lab = await sharedLab(level, 'drill', disks);
    const options = { forget: true, duringMs: 1000 };
    const seen = await judgeOnLab(lab, levelByNumber(level), fault, params, target, options);
    expect(seen.verdict).toBe('mismatch');
  });
}
