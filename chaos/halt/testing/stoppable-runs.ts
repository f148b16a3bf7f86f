import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edgeUrl, type LabState } from '@firedrill/lab';
import { type Control, isWhole, labLockHeld, thisCheckout } from '@firedrill/lab/control';
import { sale, sharedLab } from '@firedrill/lab/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type StartedRun, startRun, until } from '../../guardian/testing/started-run.ts';
import type { Verdict } from '../../report/verdict.ts';

export const aborting = join(thisCheckout, 'chaos', 'engine', 'testing', 'aborting.ts');
/** Start-up, the first scrape, the control phase, what an earlier run left, on a busy machine. */
const injectedWithinMs = 200_000;

/** Runs on the shared lab that something stops, each test's with orders to halt of its own. */
export function stoppableRuns() {
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

  return {
    /** The shared lab's. */
    lab: () => lab,
    state: () => state,
    chaos,
    start,
    inject,
    untilWhole,
    expectAborted,
  };
}
