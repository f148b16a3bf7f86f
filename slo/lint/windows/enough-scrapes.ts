import { clientScrapeSeconds } from '../../cadence.ts';
import { formatDuration } from '../../duration.ts';
import type { LintRule, WindowsToLint } from '../rule.ts';
import { pairPath } from './pair-path.ts';

/** A rate over fewer is missing as soon as one scrape is late. */
const scrapesPerWindow = 4;

export const enoughScrapes: LintRule<WindowsToLint> = {
  name: 'enough-scrapes',
  find: ({ windows, clock }) => {
    const scrape = clientScrapeSeconds[clock];
    return windows.pairs
      .filter(({ shortSeconds }) => shortSeconds < scrapesPerWindow * scrape)
      .map((pair) => ({
        path: pairPath(pair, 'shortWindow'),
        problem: `${formatDuration(pair.shortSeconds)} holds fewer than ${scrapesPerWindow} scrapes of ${formatDuration(scrape)}`,
        fix: `take at least ${formatDuration(scrapesPerWindow * scrape)}`,
      }));
  },
};
