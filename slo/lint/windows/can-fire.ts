import { threshold } from '../../burn-rate/threshold.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** No error ratio is over 1, so where a leg's θ is 1 or more for an SLO that there is, it sleeps for ever. */
export const canFire: LintRule<WindowsToLint> = {
  name: 'can-fire',
  find: ({ windows: { pairs, periodSeconds }, slos }) => {
    const [widest] = slos.toSorted((a, b) => b.errorBudget - a.errorBudget);
    if (widest === undefined) return [];
    return pairs
      .filter((pair) => pair.errorBudgetPercent <= 100 && threshold(pair, widest.errorBudget) >= 1)
      .map((pair) => ({
        path: pairPath(pair, 'errorBudgetPercent'),
        problem: `needs an error ratio over ${threshold(pair, widest.errorBudget).toFixed(3)} of ${widest.id} and can never fire`,
        fix: `take less than ${Math.floor((10_000 * pair.longSeconds) / (periodSeconds * widest.errorBudget)) / 100}, or a longer window`,
      }));
  },
};
