import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { knownOperations } from './known-operations.ts';

it.each([
  ['operation="chekcout",', 'no operation is called chekcout'],
  ['operation="constructor",', 'no operation is called constructor'],
  ['', 'selects no operation'],
])('finds a query over %s', (matcher, problem) => {
  expect(specFlaws(knownOperations)).toEqual([]);
  expect(specFlaws(knownOperations, ['operation="checkout",', matcher])).toEqual([
    expect.stringMatching(`^slos.0.sli.events.error_query: ${problem}: use browse, `),
  ]);
});
