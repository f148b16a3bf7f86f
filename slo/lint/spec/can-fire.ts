import { threshold } from '../../burn-rate/threshold.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** No error ratio is over 1, so an alert whose θ is 1 or more sleeps for ever. */
export const canFire: LintRule<SpecToLint> = {
  name: 'can-fire',
  find: ({ slos, windows }) =>
    slos.flatMap((slo, index) =>
      Object.entries(windows).flatMap(([clock, { pairs }]): readonly Flaw[] => {
        const worst = pairs.reduce((one, other) => (other.factor > one.factor ? other : one));
        const limit = threshold(worst, slo.errorBudget);
        if (limit < 1) return [];
        const problem = `the ${clock} ${worst.severity} ${worst.speed} alert needs an error ratio over ${limit.toFixed(3)} and can never fire`;
        const lowest = Math.floor((1 - 1 / worst.factor) * 10_000 + 1) / 100;
        return [
          { path: ['slos', index, 'objective'], problem, fix: `take an objective of at least ${lowest}` },
        ];
      }),
    ),
};
