import { expect, it } from 'vitest';
import { median } from './median.ts';

it('the median is the middle, or between the two', () => {
  expect([median([]), median([3]), median([3, 1]), median([3, 1, 2])]).toEqual([undefined, 3, 2, 2]);
});
