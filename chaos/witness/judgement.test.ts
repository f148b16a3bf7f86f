import { describe, expect, test } from 'vitest';
import { faultNamed } from '../faults/index.ts';
import type { WitnessReading } from '../journal/event.ts';

type Outcomes = Record<string, number>;
const reading = (
  stage: WitnessReading['stage'],
  connection: 'new' | 'old',
  outcomes: Outcomes,
  p50Ms?: number,
): WitnessReading => ({
  stage,
  target: 'a:b',
  kind: 'edge',
  role: 'touched',
  connection,
  outcomes,
  ...(p50Ms === undefined ? {} : { p50Ms }),
});
const answered: Outcomes = { answered: 8 };
const run = (
  newDuring: Outcomes,
  oldDuring: Outcomes,
  oldAfter: Outcomes = answered,
): readonly WitnessReading[] => [
  reading('before', 'new', answered, 1),
  reading('before', 'old', answered, 1),
  reading('during', 'new', newDuring, 101),
  reading('during', 'old', oldDuring, 101),
  reading('after', 'new', answered),
  reading('after', 'old', oldAfter),
];
const timedOut: Outcomes = { 'timed-out': 4 };

describe('faults that look alike are told apart', () => {
  test.each([
    ['drop', timedOut, timedOut, {}, 'confirmed'],
    ['drop', { refused: 9 }, { closed: 1 }, {}, 'mismatch'],
    ['drop', answered, answered, answered, 'mismatch'],
    ['drop', { 'timed-out': 3, answered: 1 }, timedOut, {}, 'mismatch'],
    ['stall', timedOut, timedOut, answered, 'confirmed'],
    ['stall', timedOut, timedOut, { closed: 1 }, 'mismatch'],
    ['refuse', { refused: 9 }, { closed: 1 }, {}, 'confirmed'],
    ['refuse', timedOut, timedOut, {}, 'mismatch'],
  ])('%s, new %j, old %j, old after %j: %s', (fault, newDuring, oldDuring, oldAfter, verdict) => {
    expect(faultNamed(fault).judge({}, run(newDuring, oldDuring, oldAfter)).verdict).toBe(verdict);
  });

  test('latency is confirmed only when it grew by what was ordered', () => {
    const judge = (latencyMs: number) =>
      faultNamed('latency').judge({ latencyMs, jitterMs: 10 }, run(answered, answered)).verdict;
    expect(judge(100)).toBe('confirmed');
    expect(judge(300)).toBe('mismatch');
    expect(judge(10)).toBe('mismatch');
  });
});

describe('a missing reading', () => {
  test.each(['before', 'during', 'after'] as const)('of the stage %s is inconclusive', (stage) => {
    const rest = run(timedOut, timedOut, {}).filter((one) => one.stage !== stage);
    expect(faultNamed('drop').judge({}, rest).verdict).toBe('inconclusive');
  });

  test('never covers up a mismatch', () => {
    const rest = run(answered, answered).filter((one) => one.stage !== 'after');
    expect(faultNamed('drop').judge({}, rest).verdict).toBe('mismatch');
  });
});

test('an untouched edge that stops answering is a mismatch: the fault did more than it was meant to', () => {
  const other: WitnessReading = {
    stage: 'during',
    target: 'a:c',
    kind: 'edge',
    role: 'untouched',
    connection: 'new',
    outcomes: { 'timed-out': 5, answered: 1 },
  };
  expect(faultNamed('drop').judge({}, [...run(timedOut, timedOut, {}), other]).verdict).toBe('mismatch');
});
