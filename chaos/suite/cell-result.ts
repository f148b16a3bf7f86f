import { type Cell, cellName } from './cell.ts';
import { lossesOf, nothingKnown } from './losses.ts';
import type { CellOutcome } from './run-cell.ts';
import type { CellResult } from './suite-result.ts';

/** Pure: what a suite keeps of a run. */
export function cellResult(
  cell: Cell,
  { control, wanted }: Pick<CellResult, 'control' | 'wanted'>,
  { verdict, problem, seconds }: CellOutcome,
  commit: string | undefined,
): CellResult {
  const about = { cell: cellName(cell), level: cell.level, control, wanted, seconds };
  const made = commit === undefined ? {} : { commit };
  if (verdict === undefined) {
    return { ...about, verdict: 'missing', losses: [nothingKnown(problem ?? 'no verdict')], ...made };
  }
  return {
    ...about,
    verdict: verdict.verdict,
    run: verdict.run,
    losses: verdict.verdict === wanted ? [] : [...lossesOf(verdict)],
    detection: verdict.detection,
    orders: verdict.orders,
    percentOf30d: Math.max(0, ...verdict.budget.map((slo) => slo.percentOf30d)),
    ...made,
  };
}

/** Pure: of a cell whose turn never came. */
export const notRun = (
  cell: Cell,
  about: Pick<CellResult, 'control' | 'wanted'>,
  why: string,
): CellResult => ({
  cell: cellName(cell),
  level: cell.level,
  ...about,
  verdict: 'missing',
  losses: [nothingKnown(why)],
  seconds: 0,
});
