import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** A leg is the share of the budget that may be gone when it fires: nothing, or more than there is, says nothing. */
export const spendableBudget: LintRule<WindowsToLint> = {
  name: 'spendable-budget',
  find: ({ windows }) =>
    windows.pairs
      .filter(({ errorBudgetPercent: percent }) => !(percent > 0 && percent <= 100))
      .map((pair) => ({
        path: pairPath(pair, 'errorBudgetPercent'),
        problem: `${pair.errorBudgetPercent} % of the budget cannot be spent`,
        fix: 'take more than 0 and at most 100',
      })),
};
