import { describe, expect, it } from 'vitest';
import type { WitnessReading } from '../journal/event.ts';
import { latency } from './latency.ts';

const reading = (
  stage: WitnessReading['stage'],
  outcomes: WitnessReading['outcomes'],
  p50Ms: number,
  connection: 'old' | 'new' = 'old',
): WitnessReading => ({
  stage,
  role: 'touched',
  kind: 'edge',
  target: 'pg-2:pg-1',
  connection,
  outcomes,
  p50Ms,
  p99Ms: p50Ms,
  others: 1,
});

const judge = (during: WitnessReading) =>
  latency.judge({ latencyMs: 2400, jitterMs: 0 }, [
    reading('before', { answered: 8 }, 5),
    reading('before', { answered: 8 }, 5, 'new'),
    during,
    { ...during, connection: 'new' },
    reading('after', { answered: 4 }, 5),
    reading('after', { answered: 4 }, 5, 'new'),
  ]);

describe('a latency longer than a probe waits', () => {
  it('is confirmed by answers that came later than they were looked for', () => {
    expect(judge(reading('during', { 'timed-out': 9, answered: 9 }, 2402)).verdict).toBe('confirmed');
  });

  it('is a mismatch when answers did not come at all', () => {
    expect(judge(reading('during', { 'timed-out': 18, answered: 2 }, 2402)).verdict).toBe('mismatch');
    expect(judge(reading('during', { 'timed-out': 9 }, 2402)).verdict).toBe('mismatch');
  });

  it('is a mismatch when they came earlier', () => {
    expect(judge(reading('during', { answered: 18 }, 900)).verdict).toBe('mismatch');
  });
});
