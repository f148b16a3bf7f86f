import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processesOfNode } from '@firedrill/lab/control';
import { describe, expect, test } from 'vitest';
import { until } from '../guardian/testing/started-run.ts';
import { aborting, stoppableRuns } from './testing/stoppable-runs.ts';

const { lab, state, chaos, start, inject, untilWhole, expectAborted } = stoppableRuns();

/** The other guards: guards.level-1.full.lab.test.ts. */
describe('a run is aborted, healed, and keeps its evidence', () => {
  test('when more answers are bad than its budget allows', async () => {
    await expectAborted(start([aborting, '--variant', 'budget']), /^over the budget/);
  });

  test('when a query that it names is over its threshold', async () => {
    const reason = /^guard: sum\(rate\(.+ is above 5, it is [\d.]+: users are turned away$/;
    await expectAborted(start([aborting, '--variant', 'query']), reason);
  });
});

describe('`pnpm chaos halt`', () => {
  test('aborts the run under way and lets none start until `resume`', async () => {
    const started = await inject();
    expect(chaos('status').stdout).toMatch(
      /^not halted\n\S+-aborting-\S+ {2}level 1, .+: runner runs, guardian runs, 2 effects in\n$/,
    );
    const halted = chaos('halt', 'the real shop is down');
    expect(halted.stderr).toBe('');
    expect(halted.stdout).toMatch(
      /^halted by .+: the real shop is down\n {2}\S+-aborting-\S+ .+: 2 effects healed in \d+ ms\nno run starts until/,
    );
    await untilWhole();
    await expectAborted(started, /^halted by .+: the real shop is down$/);

    const refused = chaos(aborting, '--out', state());
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 69, stdout: '' });
    expect(refused.stderr).toMatch(/^firedrill: halted by .+ `pnpm chaos resume` lifts it \[halted\]\n$/);
    expect(chaos('status').stdout).toMatch(/^halted by .+\nno run is under way\n$/);
    expect(chaos('resume').stdout).toMatch(/^no longer halted by .+: the real shop is down\n$/);
    expect(chaos('status').stdout).toMatch(/^not halted\n/);
    expect(chaos('resume').stdout).toBe('nothing was halted\n');
  });

  test('is obeyed by the guardian when the runner hangs, and ends the hung runner and its load', async () => {
    const started = await inject();
    const { runner, guardian } = started.owner(lab().home);
    process.kill(runner.pid, 'SIGSTOP');
    expect(chaos('status').stdout).toMatch(/runner hangs, guardian runs, \d effects in/);
    const halted = chaos('halt', 'the real shop is down');
    expect(halted.status, halted.stderr).toBe(0);
    await untilWhole();
    const log = readFileSync(join(started.folder() ?? '', 'guardian.jsonl'), 'utf8');
    expect(log).toMatch(/"what":"halt","reason":"halted by .+: the real shop is down"/);
    await until(
      'runner, guardian and load are gone',
      () => {
        const load = processesOfNode(lab(), 'client-1');
        return !isAlive(runner) && !isAlive(guardian) && load.length === 0;
      },
      60_000,
    );
    expect(existsSync(join(started.folder() ?? '', 'ledger.jsonl'))).toBe(true);
    chaos('resume');
  });
});
