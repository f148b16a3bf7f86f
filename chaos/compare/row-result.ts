import { sloCatalogue } from '@firedrill/slo';
import type { Verdict } from '../report/verdict.ts';
import type { Figures, RowResult } from './comparison-result.ts';
import type { PlannedComparison, PlannedRow } from './plan-comparison.ts';

export interface PlayedRow {
  readonly verdict: Verdict;
  readonly figures: Figures | undefined;
  /** On a lab that somebody had kept. */
  readonly wasUp: boolean;
  readonly commit: string | undefined;
  readonly seconds: number;
}

const round = (value: number): number => Number(value.toFixed(4));

function about(
  { yardstick }: PlannedComparison,
  { row, topology: { number: level }, page }: PlannedRow,
): Pick<RowResult, 'row' | 'level' | 'answered' | 'objective'> {
  const own = sloCatalogue(level).find(({ name }) => name === yardstick.name) ?? yardstick;
  return {
    row,
    level,
    answered: page === undefined ? 'nobody' : 'runbook',
    objective: round(100 * own.objective),
  };
}

/** Pure: what a comparison keeps of a run. */
export function rowResult(planned: PlannedComparison, row: PlannedRow, played: PlayedRow): RowResult {
  const { verdict, figures, wasUp, commit, seconds } = played;
  const problems = [
    ...(verdict.abort === undefined ? [] : [`aborted: ${verdict.abort.reason}`]),
    ...(wasUp ? ['its lab was up before: windows remember what was done to it'] : []),
    ...(row.page !== undefined && figures?.levers.length === 0
      ? [`the runbook of ${row.page} pulled no lever before the heal`]
      : []),
    ...verdict.checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) => `${check.verdict} ${check.name}: ${check.summary}`),
  ];
  return {
    ...about(planned, row),
    verdict: verdict.verdict,
    problems,
    run: verdict.run,
    ...(figures === undefined ? {} : { figures }),
    seconds,
    ...(commit === undefined ? {} : { commit }),
  };
}

/** Pure: of a row that came to no verdict. */
export const missingRow = (
  planned: PlannedComparison,
  row: PlannedRow,
  why: string,
  seconds: number,
): RowResult => ({ ...about(planned, row), verdict: 'missing', problems: [why], seconds });
