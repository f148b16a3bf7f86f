import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { ownSeries } from './own-series.ts';

it.each([
  ['no service', ''],
  ["another level's", 'service="shop-l2",'],
])('finds a query that selects %s', (_name, matcher) => {
  expect(specFlaws(ownSeries)).toEqual([]);
  expect(specFlaws(ownSeries, ['service="shop-l1",', matcher])).toEqual([
    'slos.0.sli.events.error_query: does not select its own service: add service="shop-l1"',
  ]);
});
