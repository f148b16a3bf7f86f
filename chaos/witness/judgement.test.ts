import { describe, expect, test } from 'vitest';
import { faultNamed } from '../faults/index.ts';
import type { WitnessReading } from '../journal/event.ts';

type Outcomes = Record<string, number>;
const reading = (
  stage: WitnessReading['stage'],
  connection: 'new' | 'old',
  outcomes: Outcomes,
  p50Ms?: number,
  connected = true,
): WitnessReading => ({
  stage,
  target: 'a:b',
  kind: 'edge',
  role: 'touched',
  connection,
  outcomes,
  ...(connection === 'old'
    ? {}
    : { connected: connected ? Object.values(outcomes).reduce((sum, n) => sum + n, 0) : 0, others: 2 }),
  ...(p50Ms === undefined ? {} : { p50Ms }),
});
const answered: Outcomes = { answered: 8 };
const run = (
  newDuring: Outcomes,
  oldDuring: Outcomes,
  oldAfter: Outcomes = answered,
  connected = true,
): readonly WitnessReading[] => [
  reading('before', 'new', answered, 1),
  reading('before', 'old', answered, 1),
  reading('during', 'new', newDuring, 101, connected),
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
    ['reset', { reset: 9 }, { closed: 1 }, {}, 'confirmed'],
    ['reset', { refused: 9 }, { closed: 1 }, {}, 'mismatch'],
    ['connect-hang', timedOut, { closed: 1 }, {}, 'mismatch'],
  ])('%s, new %j, old %j, old after %j: %s', (fault, newDuring, oldDuring, oldAfter, verdict) => {
    expect(faultNamed(fault).judge({}, run(newDuring, oldDuring, oldAfter)).verdict).toBe(verdict);
  });

  test('what was not well before proves nothing, and is not held against the fault', () => {
    const unwell = [
      reading('before', 'new', timedOut),
      ...run(timedOut, timedOut, {}).filter(
        ({ stage, connection }) => stage !== 'before' || connection === 'old',
      ),
    ];
    expect(faultNamed('drop').judge({}, unwell).verdict).toBe('inconclusive');
    expect(faultNamed('drop').judge({}, unwell.slice(0, 2)).verdict).toBe('inconclusive');
  });

  test('a time-out of connecting is no time-out of an answer', () => {
    const hung = run(timedOut, { closed: 1 }, {}, false);
    expect(faultNamed('connect-hang').judge({}, hung).verdict).toBe('confirmed');
    expect(faultNamed('drop').judge({}, hung).verdict).toBe('mismatch');
  });

  test('latency is confirmed only when it grew by what was ordered', () => {
    const judge = (latencyMs: number) =>
      faultNamed('latency').judge({ latencyMs, jitterMs: 10 }, run(answered, answered)).verdict;
    expect(judge(100)).toBe('confirmed');
    expect(judge(300)).toBe('mismatch');
    expect(judge(10)).toBe('mismatch');
  });
});

describe('a machine that stalls for a moment', () => {
  const before = (outcomes: Outcomes): readonly WitnessReading[] => [
    reading('before', 'new', outcomes),
    ...run(timedOut, timedOut, {}).filter(
      ({ stage, connection }) => stage !== 'before' || connection === 'old',
    ),
  ];
  test.each([
    [{ answered: 7, 'timed-out': 1 }, 'confirmed'],
    [{ answered: 2, 'timed-out': 1 }, 'confirmed'],
    [{ answered: 1, 'timed-out': 1 }, 'inconclusive'],
    [{ answered: 6, 'timed-out': 2 }, 'inconclusive'],
    [{ answered: 7, refused: 1 }, 'inconclusive'],
  ])('makes one probe late, and proves nothing: %j before is %s', (outcomes, verdict) => {
    expect(faultNamed('drop').judge({}, before(outcomes)).verdict).toBe(verdict);
  });

  test.each([
    [{ refused: 7, 'timed-out': 1 }, 'confirmed'],
    [{ refused: 1, 'timed-out': 1 }, 'mismatch'],
    [{ refused: 6, 'timed-out': 2 }, 'mismatch'],
    [{ refused: 7, answered: 1 }, 'mismatch'],
  ])('makes one of those late that are turned away: %j in a refusal is %s', (outcomes, verdict) => {
    expect(faultNamed('refuse').judge({}, run(outcomes, { closed: 1 }, {})).verdict).toBe(verdict);
  });

  test('does not make an ordered latency a mismatch by one late answer', () => {
    const judge = (old: Outcomes) =>
      faultNamed('latency').judge({ latencyMs: 100, jitterMs: 10 }, run(answered, old)).verdict;
    expect(judge({ answered: 4, 'timed-out': 1 })).toBe('confirmed');
    expect(judge({ answered: 4, 'timed-out': 2 })).toBe('mismatch');
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

describe('where the other end closes after each answer', () => {
  const brief = run(timedOut, timedOut, {}).map(
    (one): WitnessReading =>
      one.connection === 'old' ? { ...one, target: 'a:c', outcomes: {}, oneAnswer: true } : one,
  );

  test('there is no old connection to judge', () => {
    expect(faultNamed('drop').judge({}, brief).verdict).toBe('confirmed');
  });

  test('the old connections of the other edges are judged all the same', () => {
    const lasting = (during: Outcomes) => run(timedOut, during, {}).filter((one) => one.connection === 'old');
    const judge = (during: Outcomes) => faultNamed('drop').judge({}, [...brief, ...lasting(during)]).verdict;
    expect(judge(timedOut)).toBe('confirmed');
    expect(judge(answered)).toBe('mismatch');
    expect(judge({})).toBe('inconclusive');
  });
});

describe('an edge that nobody uses', () => {
  const other = (others: number): readonly WitnessReading[] =>
    run(timedOut, timedOut, {}).map((one) => ({
      ...one,
      target: 'a:c',
      ...(one.connection === 'new' ? { others } : {}),
    }));
  const judge = (expected: Record<string, boolean>, others: number) =>
    faultNamed('drop').judge(expected, [...run(timedOut, timedOut, {}), ...other(others)]).verdict;

  test('is not confirmed where it was named, whatever becomes of the others', () => {
    expect(judge({}, 1)).toBe('confirmed');
    expect(judge({}, 0)).toBe('inconclusive');
  });

  test('may be one of a partition, if another one is used', () => {
    expect(judge({ oneInUse: true }, 0)).toBe('confirmed');
    const unused = run(timedOut, timedOut, {}).map((one) => ({ ...one, others: 0 }));
    expect(faultNamed('drop').judge({ oneInUse: true }, unused).verdict).toBe('inconclusive');
  });

  test('is not confirmed when nobody looked', () => {
    const blind = run(timedOut, timedOut, {}).map(({ others: _others, ...one }) => one);
    expect(faultNamed('drop').judge({}, blind).verdict).toBe('inconclusive');
  });
});

test('the figures say what was asked and what was seen, and how far it reached', () => {
  const elsewhere = (stage: 'before' | 'during', p99Ms: number): WitnessReading => ({
    stage,
    target: 'a:c',
    kind: 'edge',
    role: 'untouched',
    connection: 'new',
    outcomes: { answered: 9 },
    p50Ms: 2,
    p99Ms,
  });
  const { figures } = faultNamed('latency').judge({ latencyMs: 100, jitterMs: 20 }, [
    ...run(answered, answered),
    elsewhere('before', 3),
    elsewhere('during', 7.3),
  ]);
  expect(figures).toContain('during a:b (touched, old): asked 100 ms ± 20 ms, saw 100 ms (8 of 8 answered)');
  expect(figures.at(-1)).toBe(
    'blast radius: 1 untouched edges, 9 of 9 probes answered, worst p99 7.3 ms on a:c (before 3.0 ms)',
  );
});

test('a delay that is felt elsewhere, too, leaves open whose doing it is', () => {
  const other = (stage: 'before' | 'during', bestMs: number, answers = 9): WitnessReading => ({
    stage,
    target: 'a:c',
    kind: 'edge',
    role: 'untouched',
    connection: 'new',
    outcomes: { answered: answers },
    bestMs,
  });
  const judge = (during: WitnessReading) =>
    faultNamed('latency').judge({ latencyMs: 100, jitterMs: 10 }, [
      ...run(answered, answered),
      other('before', 2),
      during,
    ]).verdict;
  expect(judge(other('during', 101))).toBe('confirmed');
  expect(judge(other('during', 102))).toBe('inconclusive');
  // Two answers may have met a busy machine.
  expect(judge(other('during', 102, 2))).toBe('confirmed');
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
