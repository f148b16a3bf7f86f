import { sharedLab } from '@firedrill/lab/testing';
import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { drop } from './drop.ts';
import type { Fault } from './fault.ts';
import { judgeOnLab } from './judge-on-lab.ts';
import { latency } from './latency.ts';
import { refuse } from './refuse.ts';
import { stall } from './stall.ts';

const target = { edges: ['api-1:pg-1'], nodes: [] };

test.each<{ readonly fault: Fault; readonly params: unknown }>([
  { fault: drop as Fault, params: {} },
  { fault: stall as Fault, params: {} },
  { fault: refuse as Fault, params: {} },
  { fault: latency as Fault, params: { latencyMs: 100, jitterMs: 10 } },
])(
  '$fault.name in front of PostgreSQL is confirmed by round trips on new and old connections',
  async ({ fault, params }) => {
    const seen = await judgeOnLab(await sharedLab(1), levelByNumber(1), fault, params, target, {
      duringMs: 3000,
    });
    expect(seen.failed).toEqual([]);
    expect(seen.verdict).toBe('confirmed');
  },
);
