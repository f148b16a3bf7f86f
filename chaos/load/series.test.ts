import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Invoke, Result } from '../ledger/entry.ts';
import type { Operation } from '../ledger/operations.ts';
import { perSecondSeries } from './series.ts';

const START = 1_000_000;
const groups = [
  { name: 'checkout', operations: ['checkout'], thresholdsMs: [500] },
  { name: 'browse', operations: ['browse', 'search'], thresholdsMs: [250, 1000] },
];
let ids = 0;
const request = (
  operation: string,
  dueMs: number,
  sli?: Result['sli'],
  latencyMs = 10,
  more: Partial<Invoke> = {},
): Operation => ({
  invoke: {
    type: 'invoke',
    id: ids++,
    at: START + dueMs,
    due: START + dueMs,
    operation,
    customer: 'c-1',
    write: false,
    method: 'GET',
    path: '/',
    ...more,
  },
  result: sli && {
    type: sli === 'good' ? 'ok' : 'unknown',
    id: 0,
    at: START + dueMs + latencyMs,
    latencyMs,
    sli,
  },
});
const empty = { good: 0, bad: 0, excluded: 0, unanswered: 0 };

test('counts by the second in which the user came', () => {
  const [checkout, browse] = perSecondSeries(
    [
      request('checkout', 999, 'bad', 3000),
      request('checkout', 2000, 'good', 501),
      request('checkout', 2001, 'good', 500),
      request('checkout', 2002),
      request('search', 1500, 'good', 1200),
      request('browse', 1501, 'excluded', 1200),
      request('cart', 3999, 'bad'),
    ],
    { startedAtMs: START, groups },
  );
  expect(checkout?.seconds).toEqual([
    { ...empty, second: 0, bad: 1, slow: { 500: 0 } },
    { ...empty, second: 1, slow: { 500: 0 } },
    { ...empty, second: 2, good: 2, unanswered: 1, slow: { 500: 1 } },
    { ...empty, second: 3, slow: { 500: 0 } },
  ]);
  expect(browse?.seconds[1]).toEqual({
    ...empty,
    second: 1,
    good: 1,
    excluded: 1,
    slow: { 250: 1, 1000: 1 },
  });
});

test('or by the second in which the metrics saw it', () => {
  const [checkout] = perSecondSeries([request('checkout', 999, 'bad', 3000)], {
    startedAtMs: START,
    groups,
    by: 'answered',
  });
  expect(checkout?.seconds.map((second) => second.bad)).toEqual([0, 0, 0, 1]);
});

test("settle's retries are no users", () => {
  const [checkout] = perSecondSeries([request('checkout', 0, 'good', 1, { retryOf: 1 })], {
    startedAtMs: START,
    groups,
  });
  expect(checkout?.seconds).toEqual([]);
});

test('no request is lost or counted twice', () => {
  const sli = fc.constantFrom('good' as const, 'bad' as const, 'excluded' as const, undefined);
  const one = fc.tuple(
    fc.constantFrom('checkout', 'browse', 'search', 'cart'),
    fc.nat(60_000),
    sli,
    fc.nat(4000),
  );
  fc.assert(
    fc.property(fc.array(one), fc.constantFrom('due' as const, 'answered' as const), (drawn, by) => {
      const operations = drawn.map(([operation, due, outcome, latency]) =>
        request(operation, due, outcome, latency),
      );
      for (const { name, seconds } of perSecondSeries(operations, { startedAtMs: START, groups, by })) {
        const mine = groups.find((group) => group.name === name)?.operations ?? [];
        const counted = seconds.reduce((sum, s) => sum + s.good + s.bad + s.excluded + s.unanswered, 0);
        expect(counted).toBe(
          operations.filter((operation) => mine.includes(operation.invoke.operation)).length,
        );
        expect(
          seconds.every((s, i) => s.second === i && Object.values(s.slow).every((n) => n <= s.good)),
        ).toBe(true);
      }
    }),
  );
});
