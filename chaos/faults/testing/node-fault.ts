import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
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

/** Found and healed once a file: each test leaves it whole. */
const labs = new Map<string, Promise<SharedLab>>();
function labOf(level: number, disks: readonly string[]): Promise<SharedLab> {
  const key = [level, ...disks].join();
  const found = labs.get(key) ?? sharedLab(level, { disks });
  labs.set(key, found);
  return found;
}

/** Puts a node's fault on a real lab while somebody buys, after a moment in which it was not put there. */
export function testNodeFault({ fault, params, target, level, disks = [], duringMs }: NodeFault): void {
  test(`${fault.name} at level ${level} is no proof of itself before it is applied, is confirmed where it is put, and only there, and is gone after the heal`, async () => {
    const lab = await labOf(level, disks);
    const endShopping = startShopper(lab.state, levelByNumber(level));
    try {
      const { nothing, seen } = await judgeOnLab(lab, levelByNumber(level), fault, params, target, duringMs);
      expect(nothing.verdict, nothing.figures.join('\n')).toBe('mismatch');
      expect(seen.failed).toEqual([]);
      expect(seen.verdict).toBe('confirmed');
    } finally {
      await endShopping();
    }
  });
}
