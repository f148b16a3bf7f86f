import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOperations } from '../ledger/operations.ts';
import { fixtureLoad } from '../report/testing/fixture-load.ts';
import { feltBy, quantile } from './measure.ts';

describe('a quantile', () => {
  it('is the smallest value that the share does not exceed', () => {
    const sorted = fc.array(fc.integer(), { minLength: 1 }).map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, q) => {
        const found = quantile(values, q)!;
        const atMost = (limit: number) => values.filter((value) => value <= limit).length / values.length;
        expect(atMost(found)).toBeGreaterThanOrEqual(q);
        for (const smaller of values.filter((value) => value < found))
          expect(atMost(smaller)).toBeLessThan(q);
      }),
    );
  });

  it('of nothing is unknown', () => {
    expect(quantile([], 0.99)).toBeUndefined();
  });
});

it('counts an operation alone or all together, and knows no ratio of nothing', () => {
  const operations = foldOperations(fixtureLoad(3).entries);
  const all = feltBy(operations, '*');
  const each = [...new Set(operations.map(({ invoke }) => invoke.operation))].map((name) =>
    feltBy(operations, name),
  );
  expect(each.reduce((sum, felt) => sum + felt.bad, 0)).toBe(all.bad);
  expect(feltBy(operations, 'returns').errorRatio).toBeUndefined();
});
