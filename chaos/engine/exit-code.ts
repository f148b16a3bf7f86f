import type { Verdict } from '../report/verdict.ts';

/** What the command exits with. */
export const exitCodes: Readonly<Record<Verdict['verdict'], number>> = {
  pass: 0,
  fail: 1,
  inconclusive: 2,
  aborted: 3,
};
