import { type SharedLab, sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { beforeAll, expect, test } from 'vitest';
import { drop } from './drop.ts';
import type { Fault } from './fault.ts';
import { judgeOnLab } from './judge-on-lab.ts';
import { latency } from './latency.ts';
import { refuse } from './refuse.ts';
import { stall } from './stall.ts';

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(1);
});

const target = { edges: ['api-1:pg-1'], nodes: [] };

test.each<{ readonly fault: Fault; readonly params: unknown }>([
  { fault: drop as Fault, params: {} },
  { fault: stall as Fault, params: {} },
  { fault: refuse as Fault, params: {} },
  // Longer than what a busy machine adds by itself.
  { fault: latency as Fault, params: { latencyMs: 400, jitterMs: 50 } },
])(
  '$fault.name in front of PostgreSQL is confirmed by round trips on new and old connections',
  async ({ fault, params }) => {
    const { nothing, seen } = await judgeOnLab(lab, levelByNumber(1), fault, params, target);
    expect(nothing.verdict, nothing.figures.join('\n')).toBe('mismatch');
    expect(seen.failed).toEqual([]);
    expect(seen.verdict).toBe('confirmed');
  },
);
