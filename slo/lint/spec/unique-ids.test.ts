import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { uniqueIds } from './unique-ids.ts';

it('finds an id that another file has', () => {
  const takenIds = new Map([
    ['shop-l1-browse-latency', 'slo/specs/level-2.yaml'],
    ['shop-l2-checkout-latency', 'slo/specs/level-2.yaml'],
  ]);
  expect(specFlaws(uniqueIds)).toEqual([]);
  expect(specFlaws(uniqueIds, undefined, { takenIds })).toEqual([
    'slos.3.name: the id shop-l1-browse-latency of browse-latency is also in slo/specs/level-2.yaml: rename one, or give one file its own service',
  ]);
});
