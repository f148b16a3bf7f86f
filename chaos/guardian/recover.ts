import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import {
  type Control,
  createControl,
  forgetRun,
  guardianPaths,
  type Recovered,
  readLabState,
  readOwner,
  recoverAbandoned,
  takeLabLock,
} from '@firedrill/lab/control';
import { type Healed, heal } from './heal.ts';
import { IntentLog } from './intent-log.ts';

export { forgetRun } from '@firedrill/lab/control';

export interface Recovery extends Recovered {
  /** Empty when the lab was stopped: what was in it went with it. */
  readonly healed: readonly Healed[];
}

/** One clause: what an abandoned run left, and what became of it. */
export function describeRecovery({ run, healed, labStopped }: Recovery): string {
  const who = `run ${run ?? '?'}`;
  return labStopped ? `${who} had left its lab: stopped` : `${who} had left ${healed.length} effects: healed`;
}

async function lockWithin(home: string, patienceMs: number): Promise<() => Promise<void>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const release = await takeLabLock(home);
    if (release !== undefined) return release;
    if (performance.now() > deadline) {
      throw new FiredrillError('lab-busy', 'another run or command holds this lab', {
        fix: 'wait for it, or stop it with `pnpm chaos heal`',
      });
    }
    await sleep(50);
  }
}

async function healByLog(control: Control, home: string): Promise<readonly Healed[]> {
  const log = new IntentLog(guardianPaths(home).intents);
  try {
    return await heal(control, log);
  } finally {
    log.close();
  }
}

/**
 * Heals in a guardian's place: the runner's last duty when its guardian died.
 * @throws {FiredrillError} `lab-busy`, `heal-failed`
 */
export async function healWithoutGuardian(home: string): Promise<readonly Healed[]> {
  const state = readLabState(home);
  if (state === undefined) return [];
  const release = await lockWithin(home, 2000);
  try {
    const healed = await healByLog(createControl(state), home);
    // No run's: the next command would take a log that stays for what a dead one left, and rebuild Toxiproxy.
    if (readOwner(home) === undefined) forgetRun(home);
    return healed;
  } finally {
    await release();
  }
}

/** {@link recoverAbandoned}, and what it undid. @returns `undefined` when nothing was left, or somebody is at it. */
export async function recoverRuns(home: string): Promise<Recovery | undefined> {
  let healed: readonly Healed[] = [];
  const recovered = await recoverAbandoned(home, async (control) => {
    healed = await healByLog(control, home);
  });
  return recovered && { ...recovered, healed };
}
