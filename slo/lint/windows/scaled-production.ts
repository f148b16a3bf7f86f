import { clockFactor } from '../../clock.ts';
import { formatDuration } from '../../duration.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** A drill proves something about production only while its windows are production's, scaled. */
export const scaledProduction: LintRule<WindowsToLint> = {
  name: 'scaled-production',
  find: ({ windows, production, clock }) => {
    const factor = clockFactor[clock];
    const ofPairs = windows.pairs.flatMap((pair, index): readonly Flaw[] => {
      const same = production.pairs[index]!;
      const lengths = (['short', 'long'] as const).flatMap((which): readonly Flaw[] => {
        const [seconds, productionSeconds] = [pair[`${which}Seconds`], same[`${which}Seconds`]];
        if (Math.abs(seconds * factor - productionSeconds) <= 1e-6) return [];
        return [
          {
            path: pairPath(pair, `${which}Window`),
            problem: `${formatDuration(seconds)} × ${factor} is not production's ${formatDuration(productionSeconds)}`,
            fix: `write ${formatDuration(productionSeconds / factor)}`,
          },
        ];
      });
      if (Math.abs(pair.errorBudgetPercent - same.errorBudgetPercent) <= 1e-9) return lengths;
      return [
        ...lengths,
        {
          path: pairPath(pair, 'errorBudgetPercent'),
          problem: `${pair.errorBudgetPercent} % is not production's ${same.errorBudgetPercent} %`,
          fix: `write ${same.errorBudgetPercent}`,
        },
      ];
    });
    if (windows.periodSeconds * factor === production.periodSeconds) return ofPairs;
    return [
      {
        path: ['spec', 'sloPeriod'],
        problem: `${formatDuration(windows.periodSeconds)} × ${factor} is not production's ${formatDuration(production.periodSeconds)}`,
        fix: `write ${formatDuration(production.periodSeconds / factor)}`,
      },
      ...ofPairs,
    ];
  },
};
