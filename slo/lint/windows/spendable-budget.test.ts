import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { spendableBudget } from './spendable-budget.ts';

it.each([900, 100.1, 0, -2])('finds %d %% of the budget', (percent) => {
  expect(windowsFlaws(spendableBudget)).toEqual([]);
  expect(
    windowsFlaws(spendableBudget, ['errorBudgetPercent: 5,', `errorBudgetPercent: ${percent},`]),
  ).toEqual([
    `spec.page.slow.errorBudgetPercent: ${percent} % of the budget cannot be spent: take more than 0 and at most 100`,
  ]);
});
