import type { CellResult, Score } from './suite-result.ts';

/**
 * Pure: the share of the cells that ended as they must. A cell that failed is worth nothing; one without a verdict that concludes anything is
 * unknown and never taken for either: it makes the score a range. The controls are no cells.
 */
export function scoreOf(results: readonly Pick<CellResult, 'verdict' | 'wanted' | 'control'>[]): Score {
  const cells = results.filter(({ control }) => !control);
  const passed = cells.filter(isAsWanted).length;
  const failed = cells.filter((cell) => !isAsWanted(cell) && ['pass', 'fail'].includes(cell.verdict)).length;
  // Rounded away from what was not earned: 199 of 200 is no 100, and 1 of 200 failed shows.
  const share = (count: number): number =>
    cells.length === 0 ? 0 : Math.floor((1000 * count) / cells.length) / 10;
  return {
    atLeast: share(passed),
    atMost: cells.length === 0 ? 100 : share(cells.length - failed),
    cells: cells.length,
    known: passed + failed,
  };
}

/** Pure: passed, or inconclusive where it had to be. */
export const isAsWanted = ({ verdict, wanted }: Pick<CellResult, 'verdict' | 'wanted'>): boolean =>
  verdict === wanted;

/** Pure: `83.3 of 100` or `between 66.6 and 100 of 100 (1 of 3 cells unknown)`. */
export function scoreText({ atLeast, atMost, cells, known }: Score): string {
  if (known === cells && cells > 0) return `${atLeast} of 100`;
  return `between ${atLeast} and ${atMost} of 100 (${cells - known} of ${cells} cells unknown)`;
}
