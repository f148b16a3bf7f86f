import { levelByNumber } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import type { WitnessReading } from '../journal/event.ts';
import { compileFault } from './compile-fault.ts';
import type { Fault } from './fault.ts';
import { hog } from './hog.ts';

const edge = 'api-1:pgbouncer-1';
const compiled = (params: object) =>
  compileFault(
    hog as Fault,
    hog.params.parse(params),
    levelByNumber(2),
    { edges: [edge], nodes: [] },
    {
      id: 'hog',
      seed: 1,
      durationMs: 60_000,
    },
  );
const reading = (
  stage: WitnessReading['stage'],
  outcomes: WitnessReading['outcomes'],
  connection: 'old' | 'new',
) =>
  ({
    stage,
    role: 'touched',
    kind: 'edge',
    target: edge,
    connection,
    outcomes,
    others: 1,
  }) satisfies WitnessReading;
const judged = (params: object, during: WitnessReading['outcomes']) =>
  hog.judge(compiled(params).expect, [
    ...(['old', 'new'] as const).flatMap((connection) => [
      reading('before', { answered: 8 }, connection),
      reading('during', during, connection),
    ]),
    reading('after', { answered: 4 }, 'new'),
  ]).verdict;

describe('a leak that takes its time', () => {
  it('is the same action with a time, and the same undo', () => {
    expect(compiled({ connections: 12, overMs: 60_000 }).effects).toEqual([
      {
        action: { kind: 'pool-hog', edge, connections: 12, overMs: 60_000 },
        undo: { kind: 'pool-hog-end', edge },
      },
    ]);
    expect(compiled({ connections: 12 }).effects[0]?.action).toEqual({
      kind: 'pool-hog',
      edge,
      connections: 12,
    });
  });

  it('bites when some wait in vain; all at once it must be all of them', () => {
    expect(judged({ connections: 12, overMs: 60_000 }, { answered: 5, 'timed-out': 3 })).toBe('confirmed');
    expect(judged({ connections: 12, overMs: 60_000 }, { answered: 8 })).toBe('mismatch');
    expect(judged({ connections: 12 }, { answered: 5, 'timed-out': 3 })).toBe('mismatch');
  });
});
