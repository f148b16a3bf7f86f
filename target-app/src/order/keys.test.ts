import { expect, it } from 'vitest';
import { requestHash } from './keys.ts';

it('is the same for the same request, in whatever order its fields come', () => {
  expect(requestHash('checkout', { a: 1, b: [{ c: 2, d: 3 }] })).toBe(
    requestHash('checkout', { b: [{ d: 3, c: 2 }], a: 1 }),
  );
});

it.each([
  ['another value', 'checkout', { a: 2 }],
  ['another type', 'checkout', { a: '1' }],
  ['one more field', 'checkout', { a: 1, b: null }],
  ['another operation', 'cancel', { a: 1 }],
])('differs for %s', (_name, operation, request) => {
  expect(requestHash(operation, request)).not.toBe(requestHash('checkout', { a: 1 }));
});

it('differs when the lines come in another order: the bytes that were sent are not the same request', () => {
  expect(requestHash('checkout', [1, 2])).not.toBe(requestHash('checkout', [2, 1]));
});
