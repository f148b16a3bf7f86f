import { formatDuration } from '../../duration.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** The short window is there to end the alert soon; a longer one would only delay it. */
export const shortUnderLong: LintRule<WindowsToLint> = {
  name: 'short-under-long',
  find: ({ windows }) =>
    windows.pairs
      .filter(({ shortSeconds, longSeconds }) => shortSeconds >= longSeconds)
      .map((pair) => ({
        path: pairPath(pair, 'shortWindow'),
        problem: `${formatDuration(pair.shortSeconds)} is not shorter than the long window of ${formatDuration(pair.longSeconds)}`,
        fix: 'take about a twelfth of the long window',
      })),
};
