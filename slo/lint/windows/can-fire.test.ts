import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { canFire } from './can-fire.ts';

const percent = (value: number) => ['errorBudgetPercent: 2,', `errorBudgetPercent: ${value},`] as const;

it('finds a leg whose θ no error ratio can exceed', () => {
  expect(windowsFlaws(canFire)).toEqual([]);
  expect(windowsFlaws(canFire, percent(100))).toEqual([
    'spec.page.quick.errorBudgetPercent: needs an error ratio over 7.200 of shop-l1-checkout-availability and can never fire: take less than 13.88, or a longer window',
  ]);
});

it('takes what it tells to take', () => {
  expect(windowsFlaws(canFire, percent(13.88))).toEqual([]);
  expect(windowsFlaws(canFire, percent(13.89))).toHaveLength(1);
});

it('leaves more than the whole budget to the rule about that', () => {
  expect(windowsFlaws(canFire, percent(900))).toEqual([]);
});
