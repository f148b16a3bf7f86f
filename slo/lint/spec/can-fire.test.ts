import { expect, it } from 'vitest';
import { alertWindows } from '../../windows.ts';
import { specFlaws } from '../testing/flaws.ts';
import { canFire } from './can-fire.ts';

const at = (objective: number) => specFlaws(canFire, ['objective: 99\n', `objective: ${objective}\n`]);

it('finds an objective whose θ no error ratio can exceed, once for clocks that say the same', () => {
  expect(specFlaws(canFire)).toEqual([]);
  expect(at(90)).toEqual([
    'slos.0.objective: the page quick alert (drill, production) needs an error ratio over 1.440 and can never fire: take an objective of at least 93.06',
  ]);
});

it('refuses exactly those at or over 1, and takes what it tells to take', () => {
  expect(at(93.05)).toHaveLength(1);
  expect(at(93.06)).toEqual([]);
});

it('tells the clocks apart where they differ', () => {
  const drill = alertWindows('drill');
  const [quick, ...others] = drill.pairs;
  const windows = {
    production: alertWindows('production'),
    drill: { ...drill, pairs: [{ ...quick!, factor: 720 }, ...others] },
  };
  expect(specFlaws(canFire, undefined, { windows })[0]).toContain('the page quick alert (drill) needs');
});
