import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Invoke, LedgerEntry, Result } from './entry.ts';
import { foldOperations, foldWrites } from './operations.ts';

const invoke = (id: number, more: Partial<Invoke> = {}): Invoke => ({
  type: 'invoke',
  id,
  at: id,
  due: id,
  operation: 'checkout',
  customer: 'c-1',
  write: true,
  key: 'k-1',
  method: 'POST',
  path: '/orders',
  ...more,
});
const result = (id: number, type: Result['type'], more: Partial<Result> = {}): LedgerEntry =>
  ({ type, id, at: id + 1, latencyMs: 1, sli: type === 'ok' ? 'good' : 'bad', ...more }) as LedgerEntry;
const statesOf = (entries: readonly LedgerEntry[]) =>
  foldWrites(foldOperations(entries)).map((write) => write.state);

test('pairs results with invokes whatever the order of the answers', () => {
  const operations = foldOperations([invoke(1), invoke(2), result(2, 'ok'), invoke(3), result(1, 'refused')]);
  expect(operations.map(({ invoke: { id }, result: r }) => [id, r?.type])).toEqual([
    [1, 'refused'],
    [2, 'ok'],
    [3, undefined],
  ]);
});

test('a write is what its attempts together say', () => {
  const retry = invoke(2, { retryOf: 1 });
  expect(statesOf([invoke(1), result(1, 'ok')])).toEqual(['ok']);
  expect(statesOf([invoke(1), result(1, 'refused', { status: 402 })])).toEqual(['refused']);
  expect(statesOf([invoke(1)])).toEqual(['unknown']);
  expect(statesOf([invoke(1), result(1, 'unknown'), retry, result(2, 'ok')])).toEqual(['ok']);
  expect(statesOf([invoke(1), result(1, 'unknown'), retry, result(2, 'refused', { status: 402 })])).toEqual([
    'refused',
  ]);
  expect(statesOf([invoke(1), result(1, 'unknown'), retry])).toEqual(['unknown']);
});

test('a rate limit on a retry does not say what became of the first attempt', () => {
  const limited = result(2, 'refused', { status: 429 });
  expect(statesOf([invoke(1), result(1, 'unknown'), invoke(2, { retryOf: 1 }), limited])).toEqual([
    'unknown',
  ]);
  expect(statesOf([invoke(2), limited])).toEqual(['refused']);
});

test('an acknowledgement outlives a later refusal', () => {
  const [write] = foldWrites(
    foldOperations([
      invoke(1),
      result(1, 'ok', { status: 201 }),
      invoke(2),
      result(2, 'refused', { status: 409 }),
    ]),
  );
  expect([write?.state, write?.answer?.status, write?.attempts.length]).toEqual(['ok', 201, 2]);
});

test('keys are per customer, reads are no writes, writes without a key stand alone', () => {
  const { key: _, ...keyless } = invoke(4, { operation: 'cart', method: 'PUT' });
  const writes = foldWrites(
    foldOperations([
      invoke(1),
      invoke(2, { customer: 'c-2' }),
      invoke(3, { write: false }),
      keyless,
      { ...keyless, id: 5 },
    ]),
  );
  expect(writes.map(({ customer, key, attempts }) => [customer, key, attempts.length])).toEqual([
    ['c-1', 'k-1', 1],
    ['c-2', 'k-1', 1],
    ['c-1', undefined, 1],
    ['c-1', undefined, 1],
  ]);
});

test.each([
  ['a second invoke', [invoke(7), invoke(7)], /request 7 is invoked twice/],
  ['a result from nowhere', [result(7, 'ok')], /request 7 has a result but was never invoked/],
  ['a second result', [invoke(7), result(7, 'ok'), result(7, 'unknown')], /request 7 has two results/],
])('refuses %s', (_name, entries, message) => {
  expect(() => foldOperations(entries)).toThrow(message);
});

test('every request is in exactly one history, and a history is ok exactly when an attempt was', () => {
  const type = fc.constantFrom('ok', 'refused', 'unknown', 'none');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), type)), (attempts) => {
      const entries = attempts.flatMap(([key, outcome], id) => [
        invoke(id, { key: `k-${key}` }),
        ...(outcome === 'none' ? [] : [result(id, outcome as Result['type'])]),
      ]);
      const writes = foldWrites(foldOperations(entries));
      const ids = writes.flatMap((write) => write.attempts.map((attempt) => attempt.invoke.id));
      expect(ids.toSorted((a, b) => a - b)).toEqual(attempts.map((_, id) => id));
      for (const write of writes) {
        const acknowledged = write.attempts.some((attempt) => attempt.result?.type === 'ok');
        expect(write.state === 'ok').toBe(acknowledged);
      }
    }),
  );
});

test('folds 200,000 entries: in more than linear time it would not come to its end', () => {
  const entries = Array.from({ length: 100_000 }, (_, id) => [
    invoke(id, { key: `k-${id >> 1}` }),
    result(id, 'ok'),
  ]).flat();
  expect(foldWrites(foldOperations(entries))).toHaveLength(50_000);
});
