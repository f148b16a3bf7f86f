import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { createControl, isAlive, readLabState } from '@firedrill/lab/control';
import { type Healed, heal } from './heal.ts';
import { IntentLog } from './intent-log.ts';
import { type LabLock, tryLabLock } from './lab-lock.ts';
import { guardianPaths } from './paths.ts';
import type { Owner } from './protocol.ts';

/** A lab is stopped within 3 s; a killed node may take longer to start again. */
const guardianPatienceMs = 70_000;

export interface Recovery {
  readonly healed: readonly Healed[];
  /** The run that had left its faults or its lab behind. */
  readonly run: string | undefined;
  readonly labStopped: boolean;
}

function readOwner(path: string): Owner | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

async function lockWithin(home: string, patienceMs: number): Promise<LabLock> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const lock = await tryLabLock(home);
    if (lock !== undefined) return lock;
    if (performance.now() > deadline) {
      throw new FiredrillError('lab-busy', 'another run or command holds this lab', {
        fix: 'wait for it, or stop it with `pnpm chaos heal`',
      });
    }
    await sleep(50);
  }
}

/**
 * Heals in a guardian's place: the runner's last duty when its guardian died.
 * @throws {FiredrillError} `lab-busy`, `heal-failed`
 */
export async function healWithoutGuardian(home: string): Promise<readonly Healed[]> {
  const state = readLabState(home);
  if (state === undefined) return [];
  const lock = await lockWithin(home, 2000);
  try {
    const log = new IntentLog(guardianPaths(home).intents);
    try {
      return await heal(createControl(state), log);
    } finally {
      log.close();
    }
  } finally {
    await lock.release();
  }
}

/** When a run whose guardian died leaves a lab that stays up: nobody shall think that something is left to be healed. */
export function forgetRun(home: string): void {
  const { socket, owner, intents } = guardianPaths(home);
  for (const path of [socket, owner, intents]) rmSync(path, { force: true });
}

/**
 * The next command's duty when runner and guardian both died: heals what they left in, and stops the lab when it was theirs.
 * @returns `undefined` when nothing was left.
 * @throws {FiredrillError} `lab-busy` when a run is alive there.
 */
export async function recoverRuns(home: string): Promise<Recovery | undefined> {
  const paths = guardianPaths(home);
  const owner = readOwner(paths.owner);
  if (owner === undefined && !existsSync(paths.intents)) return undefined;
  if (owner !== undefined) {
    if (isAlive(owner.runner)) return undefined;
    // Its guardian may be at it right now.
    const deadline = performance.now() + guardianPatienceMs;
    while (isAlive(owner.guardian) && performance.now() < deadline) await sleep(100);
    if (!existsSync(paths.owner)) return undefined;
  }
  const state = readLabState(home);
  if (state === undefined) return undefined;
  const lock = await lockWithin(home, 500);
  let healed: readonly Healed[] = [];
  const labStopped = owner?.ownsLab ?? false;
  try {
    const control = createControl(state);
    const log = new IntentLog(paths.intents);
    if (owner === undefined && log.open.length === 0) return undefined;
    try {
      healed = await heal(control, log);
    } catch (error) {
      // Toxiproxy may have died with them. A lab that goes anyway needs no heal.
      if (!labStopped) throw error;
    } finally {
      log.close();
    }
    if (labStopped) await control.stopLab();
    else forgetRun(home);
  } finally {
    await lock.release();
  }
  return { healed, run: owner?.run, labStopped };
}
