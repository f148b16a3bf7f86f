import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRun } from '../checks/check-run.ts';
import type { Verdict } from '../report/verdict.ts';
import { exitCodes } from './exit-code.ts';
import { expectNothingLeft, startWithOwnLab, stateOnceUp } from './testing/own-lab.ts';
import { problemsOf } from './testing/own-lab-runs.ts';

test('a run that started its lab and does not fail leaves nothing behind, and all that it kept is needed', async () => {
  const { started, lab } = startWithOwnLab('well', ['--json']);
  const state = await stateOnceUp(started, lab);
  const exit = await started.exit;
  await expectNothingLeft(state, lab);
  const { verdict, checks } = JSON.parse(started.stdout()) as Verdict;
  const notPassed = checks.filter((check) => check.verdict !== 'pass');
  // So short a run ends before a fresh alerting need have sent its first heartbeat.
  const problems = problemsOf({ checks }).filter(({ name }) => name !== 'watchdog');
  expect(problems, started.output()).toEqual([]);
  expect(verdict, started.output()).toBe(notPassed.length === 0 ? 'pass' : 'inconclusive');
  expect(exit).toBe(exitCodes[verdict]);

  // What it kept is whole, and nothing of it may go.
  const folder = started.folder() ?? '';
  const verdictOf = async (check: string) =>
    (await checkRun(folder)).checks.find(({ name }) => name === check)?.verdict;
  expect(await verdictOf('evidence')).toBe('pass');
  const evidence = join(folder, 'evidence');
  for (const file of readdirSync(evidence)) {
    renameSync(join(evidence, file), join(folder, 'gone'));
    expect(await verdictOf('evidence'), file).toBe('inconclusive');
    renameSync(join(folder, 'gone'), join(evidence, file));
  }
});
