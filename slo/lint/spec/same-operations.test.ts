import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { sameOperations } from './same-operations.ts';

it('finds errors of one operation over the total of another', () => {
  expect(specFlaws(sameOperations)).toEqual([]);
  expect(specFlaws(sameOperations, ['operation="checkout",', 'operation="cart",'])).toEqual([
    'slos.0.sli.events.error_query: counts cart, but total_query checkout: select the same operations in both',
  ]);
});

it('does not mind their order', () => {
  const swapped = ['"browse|search|product",outcome="bad"', '"product|search|browse",outcome="bad"'] as const;
  expect(specFlaws(sameOperations, swapped)).toEqual([]);
});
