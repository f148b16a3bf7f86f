import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseToRetry, type UnknownWrite } from './settle.ts';

const write = (id: number, key: string | undefined): UnknownWrite => ({
  id,
  planned: {
    operation: 'checkout',
    write: true,
    keepAnswer: false,
    customer: 'c-1',
    request: { method: 'POST', path: '/orders', ...(key === undefined ? {} : { key }) },
    traceId: '0'.repeat(32),
    spanId: '0'.repeat(16),
    sampled: false,
  },
});

test('chooses half of those with a key, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.boolean(), { maxLength: 50 }), (seed, keyed) => {
      const unknown = keyed.map((has, id) => write(id, has ? `k-${id}` : undefined));
      const chosen = chooseToRetry(unknown, seed);
      expect(chosen).toHaveLength(Math.ceil(keyed.filter(Boolean).length / 2));
      expect(chosen.every(({ planned }) => planned.request.key !== undefined)).toBe(true);
      expect(chosen.map(({ id }) => id)).toEqual(chosen.map(({ id }) => id).toSorted((a, b) => a - b));
      expect(chooseToRetry(unknown, seed)).toEqual(chosen);
    }),
  );
});

test('over many seeds each write is left alone about every second time', () => {
  const unknown = Array.from({ length: 11 }, (_, id) => write(id, `k-${id}`));
  const times = new Array<number>(11).fill(0);
  for (let seed = 0; seed < 1000; seed++) {
    for (const { id } of chooseToRetry(unknown, seed)) times[id] = (times[id] ?? 0) + 1;
  }
  // 6 of 11; the standard deviation is 16.
  for (const count of times) expect(Math.abs(count - 545)).toBeLessThan(80);
});
