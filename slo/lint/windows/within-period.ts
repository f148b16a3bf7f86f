import { formatDuration } from '../../duration.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** A window that is longer than the period would burn at a factor under 1: below the objective. */
export const withinPeriod: LintRule<WindowsToLint> = {
  name: 'within-period',
  find: ({ windows: { pairs, periodSeconds } }) =>
    pairs
      .filter(({ longSeconds }) => longSeconds > periodSeconds)
      .map((pair) => ({
        path: pairPath(pair, 'longWindow'),
        problem: `${formatDuration(pair.longSeconds)} is longer than the period of ${formatDuration(periodSeconds)}`,
        fix: `take at most ${formatDuration(periodSeconds)}`,
      })),
};
