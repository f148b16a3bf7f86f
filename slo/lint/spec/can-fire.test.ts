import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { canFire } from './can-fire.ts';

const at = (objective: number) => specFlaws(canFire, ['objective: 99\n', `objective: ${objective}\n`]);

it('finds an objective whose θ no error ratio can exceed, on each clock', () => {
  expect(specFlaws(canFire)).toEqual([]);
  expect(at(90)).toEqual([
    'slos.0.objective: the drill page quick alert needs an error ratio over 1.440 and can never fire: take an objective of at least 93.06',
    expect.stringContaining('the production page quick alert'),
  ]);
});

it('refuses exactly those at or over 1, and takes what it tells to take', () => {
  expect(at(93.05)).toHaveLength(2);
  expect(at(93.06)).toEqual([]);
});
