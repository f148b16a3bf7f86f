import type { Verdict } from '@firedrill/chaos';
import { type Cell, cellName, runCell } from '@firedrill/chaos/suite';
import { FiredrillError } from '@firedrill/errors';
import { root } from './root.ts';

/**
 * One run from `lab up` to its verdict.
 * @param forSeconds of a run without a fault: how long users come.
 * @throws {FiredrillError} `internal` when there is none.
 */
export async function verdictOf(cell: Cell, out: string, forSeconds?: number): Promise<Verdict> {
  const options = { out, base: root, ...(forSeconds === undefined ? {} : { forSeconds }) };
  const { verdict, problem } = await runCell(cell, options);
  if (verdict !== undefined) return verdict;
  throw new FiredrillError('internal', `${cellName(cell)} came to no verdict`, {
    fix: problem ?? 'run it alone',
  });
}
