import { describe, expect, test } from 'vitest';
import { until } from '../guardian/testing/started-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { exitCodes } from './exit-code.ts';
import { expectNothingLeft, startWithOwnLab, stateOnceUp } from './testing/own-lab.ts';

/** One that does not fail: whole-run.full.lab.test.ts, and README's own run. */
describe('a run that started its lab leaves nothing behind', () => {
  // Neither asks how well its users are served: they stand side by side.
  test.concurrent('when it fails', async () => {
    const { started, lab } = startWithOwnLab('wrong', ['--variant', 'wrong', '--json']);
    const state = await stateOnceUp(started, lab);
    const exit = await started.exit;
    await expectNothingLeft(state, lab);
    const { verdict, checks } = JSON.parse(started.stdout()) as Verdict;
    const verdictOf = (name: string) => checks.find((check) => check.name === name)?.verdict;
    // A load that was late refutes nothing.
    const refuted = verdictOf('load-quality') === 'pass' ? 'fail' : 'inconclusive';
    expect(verdictOf('hypothesis'), started.output()).toBe(refuted);
    expect(verdict).toBe(refuted);
    expect(exit).toBe(exitCodes[verdict]);
  });

  test.concurrent('when its runner is killed with a fault in', async () => {
    const { started, lab } = startWithOwnLab('killed', ['--variant', 'long']);
    const state = await stateOnceUp(started, lab);
    await until('the fault is in', () => started.applied() === 2, 180_000);
    process.kill(started.owner(lab.home).runner.pid, 'SIGKILL');
    const tookMs = await expectNothingLeft(state, lab);
    process.stderr.write(`everything gone after kill -9 of the runner: ${tookMs.toFixed(0)} ms\n`);
  });

  test('when it is stopped while the lab comes up', async () => {
    const { started, lab } = startWithOwnLab('stopped', []);
    const state = await stateOnceUp(started, lab);
    started.first.kill('SIGTERM');
    expect(await started.exit, started.output()).toBe(3);
    await expectNothingLeft(state, lab);
  });
});
