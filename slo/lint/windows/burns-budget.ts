import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** At a burn rate under 1 the budget outlives its period: the alert would fire while the objective is kept. */
export const burnsBudget: LintRule<WindowsToLint> = {
  name: 'burns-budget',
  find: ({ windows: { pairs, periodSeconds } }) =>
    pairs
      // Longer than the period, or no share of the budget at all: told so already.
      .filter(({ longSeconds, errorBudgetPercent: percent }) => longSeconds <= periodSeconds && percent > 0)
      .filter(({ factor }) => factor < 1 - 1e-9)
      .map((pair) => ({
        path: pairPath(pair, 'errorBudgetPercent'),
        problem: `burns at ${Number(pair.factor.toFixed(3))} times the budget and fires while the objective is kept`,
        fix: `take at least ${Math.ceil((10_000 * pair.longSeconds) / periodSeconds) / 100}`,
      })),
};
