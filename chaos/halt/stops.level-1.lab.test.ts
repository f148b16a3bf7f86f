import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeUrl, type LabState } from '@firedrill/lab';
import {
  type Control,
  isAlive,
  isWhole,
  labLockHeld,
  processesOfNode,
  thisCheckout,
} from '@firedrill/lab/control';
import { sale, sharedLab } from '@firedrill/lab/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedRun, startRun, until } from '../guardian/testing/started-run.ts';
import type { Verdict } from '../report/verdict.ts';

const aborting = join(thisCheckout, 'chaos', 'engine', 'testing', 'aborting.ts');
/** Start-up, the first scrape, the control phase, what an earlier run left, on a busy machine. */
const injectedWithinMs = 200_000;

let lab: LabState;
let control: Control;
let run: StartedRun | undefined;
let state: string;

beforeAll(async () => {
  ({ state: lab, control } = await sharedLab(1));
});
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'firedrill-halt-'));
});
afterEach(async () => {
  run?.close();
  run = undefined;
  await until('the guardian lets go', () => !labLockHeld(lab.home), 60_000);
  await control.healAll();
  // Those who come next are not hurt by what the shop's connections still have to find out.
  await sale(edgeUrl(lab, 'client-1:api-1'));
  rmSync(state, { recursive: true });
});
afterAll(() => control.healAll());

/** Orders of this test alone. */
const env = (): NodeJS.ProcessEnv => ({ ...process.env, XDG_STATE_HOME: state });

function chaos(...words: readonly string[]) {
  return spawnSync(process.execPath, [join(thisCheckout, 'bin', 'chaos.mjs'), ...words], {
    encoding: 'utf8',
    env: env(),
  });
}

function start(words: readonly string[]): StartedRun {
  run = startRun(words, { env: env() });
  return run;
}

async function inject(): Promise<StartedRun> {
  const started = start([aborting]);
  await until(
    'the fault is in',
    () => {
      if (started.first.exitCode !== null) throw new Error(`the run ended: ${started.output()}`);
      return started.applied() === 2;
    },
    injectedWithinMs,
  );
  return started;
}

/** It was healed: a Toxiproxy that does not answer within a second is asked again. */
const untilWhole = () => until('the lab is whole', async () => isWhole(await control.read()), 60_000);

/** It exits with 3, has its evidence, says why, and was healed: how soon is measured by `pnpm bench abort`. */
async function expectAborted(started: StartedRun, reason: RegExp): Promise<void> {
  expect(await started.exit, started.output()).toBe(3);
  const folder = started.folder() ?? '';
  const { verdict, abort } = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8')) as Verdict;
  expect({ verdict, reason: abort?.reason }, started.output()).toEqual({
    verdict: 'aborted',
    reason: expect.stringMatching(reason),
  });
  expect(abort?.toHealedMs ?? 'nothing was healed', started.output()).toBeTypeOf('number');
  expect(existsSync(join(folder, 'evidence', 'audit.json')), started.output()).toBe(true);
  await untilWhole();
}

describe('a run is aborted, healed, and keeps its evidence', () => {
  test('when more answers are bad than its budget allows', async () => {
    await expectAborted(start([aborting, '--variant', 'budget']), /^over the budget/);
  });

  test('when an alert fires that it names', async () => {
    await expectAborted(start([aborting, '--variant', 'alert']), /^guard: ProbeFailing ticket fires$/);
  });

  test('when a query that it names is over its threshold', async () => {
    const reason = /^guard: sum\(rate\(.+ is above 5, it is [\d.]+: users are turned away$/;
    await expectAborted(start([aborting, '--variant', 'query']), reason);
  });
});

test('a guard that Prometheus refuses lets no fault in', async () => {
  const started = start([aborting, '--variant', 'refused-query']);
  expect(await started.exit, started.output()).toBe(2);
  expect(started.output()).toContain('Prometheus refuses the guard rate(client_requests_total)');
  expect(started.applied()).toBe(0);
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

    const refused = chaos(aborting, '--out', state);
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 69, stdout: '' });
    expect(refused.stderr).toMatch(/^firedrill: halted by .+ `pnpm chaos resume` lifts it \[halted\]\n$/);
    expect(chaos('status').stdout).toMatch(/^halted by .+\nno run is under way\n$/);
    expect(chaos('resume').stdout).toMatch(/^no longer halted by .+: the real shop is down\n$/);
    expect(chaos('status').stdout).toMatch(/^not halted\n/);
    expect(chaos('resume').stdout).toBe('nothing was halted\n');
  });

  test('is obeyed by the guardian when the runner hangs, and ends the hung runner and its load', async () => {
    const started = await inject();
    const { runner, guardian } = started.owner(lab.home);
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
        const load = processesOfNode(lab, 'client-1');
        return !isAlive(runner) && !isAlive(guardian) && load.length === 0;
      },
      60_000,
    );
    expect(existsSync(join(started.folder() ?? '', 'ledger.jsonl'))).toBe(true);
    chaos('resume');
  });
});
