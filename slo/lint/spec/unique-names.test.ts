import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { uniqueNames } from './unique-names.ts';

it('finds the second of two SLOs and of two alerts of one name', () => {
  expect(specFlaws(uniqueNames)).toEqual([]);
  expect(specFlaws(uniqueNames, ['name: checkout-latency', 'name: checkout-availability'])).toEqual([
    'slos.1.name: checkout-availability stands twice: rename one',
  ]);
  expect(specFlaws(uniqueNames, ['name: BrowseLatency', 'name: CheckoutLatency'])).toEqual([
    'slos.3.alerting.name: CheckoutLatency stands twice: rename one',
  ]);
});
