import { dirname, join } from 'node:path';
import { createControl, labHome, labIdOf, readLabState, thisCheckout } from '@firedrill/lab/control';
import { expect } from 'vitest';
import { type StartedRun, startRun } from '../../guardian/testing/started-run.ts';
import type { Verdict } from '../../report/verdict.ts';
import { exitCodes } from '../exit-code.ts';

/**
 * The checks that may not be as they are. A machine too busy to send requests in time makes a run inconclusive, and may leave more open
 * than that: what it refutes, and what became of an order, never.
 */
export function problemsOf({ checks }: Pick<Verdict, 'checks'>): Verdict['checks'] {
  const busy = checks.some(({ name, verdict }) => name === 'load-quality' && verdict === 'inconclusive');
  const isExcused = ({ name, verdict }: Verdict['checks'][number]): boolean =>
    busy && verdict === 'inconclusive' && !name.startsWith('integrity-');
  return checks.filter((check) => check.verdict !== 'pass' && !isExcused(check));
}

/** Runs in a lab of their own: the errors of other tests would still be in the windows. */
export function ownLabRuns(name: string) {
  const scope = `${name}-${process.pid}`;
  const home = join(dirname(labHome(1)), labIdOf(1, thisCheckout, scope));
  const runs: StartedRun[] = [];
  return {
    async verdictOf(words: readonly string[]) {
      const run = startRun([...words, '--keep-lab', '--json'], { env: { FIREDRILL_LAB_SCOPE: scope } });
      runs.push(run);
      const exit = await run.exit;
      if (run.stdout() === '') throw new Error(run.output());
      const verdict = JSON.parse(run.stdout()) as Verdict;
      expect(exit, run.output()).toBe(exitCodes[verdict.verdict]);
      const checks = new Map(verdict.checks.map(({ name: check, ...rest }) => [check, rest]));
      // One request sent late on a busy machine is more than 0.5 % of so short a load.
      const busy = checks.get('load-quality')?.verdict !== 'pass';
      return { verdict, checks, busy, run };
    },
    async end(): Promise<void> {
      const state = readLabState(home);
      if (state !== undefined) await createControl(state).stopLab();
      for (const run of runs) run.close();
    },
  };
}
