import { threshold } from '../../burn-rate/threshold.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** No error ratio is over 1, so an alert whose θ is 1 or more sleeps for ever. */
export const canFire: LintRule<SpecToLint> = {
  name: 'can-fire',
  find: ({ slos, windows }) =>
    slos.flatMap((slo, index) => {
      const asleep = Object.entries(windows).flatMap(([clock, { pairs }]) => {
        const worst = pairs.reduce((one, other) => (other.factor > one.factor ? other : one));
        return threshold(worst, slo.errorBudget) < 1 ? [] : [{ clock, worst }];
      });
      // The clocks' windows are the same but for their length: one flaw is told once.
      return [...Map.groupBy(asleep, ({ worst }) => worst.factor.toFixed(6)).values()].map((same): Flaw => {
        const { severity, speed, factor } = same[0]!.worst;
        const limit = threshold({ factor }, slo.errorBudget).toFixed(3);
        const of = `the ${severity} ${speed} alert (${same.map(({ clock }) => clock).join(', ')})`;
        const lowest = Math.floor((1 - 1 / factor) * 10_000 + 1) / 100;
        return {
          path: ['slos', index, 'objective'],
          problem: `${of} needs an error ratio over ${limit} and can never fire`,
          fix: `take an objective of at least ${lowest}`,
        };
      });
    }),
};
