import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Control } from './control.ts';
import { createControl } from './create-control.ts';
import { guardianPaths, type Owner, readOwner } from './guardian-files.ts';
import { takeLabLock } from './lab-lock.ts';
import { readLabState } from './lab-state-file.ts';
import { bootId, isAlive } from './process-table.ts';
import { runnerOf } from './runner-of.ts';

/** A lab is stopped within 3 s; a killed node may take longer to start again. */
const guardianPatienceMs = 70_000;

/** What was left behind, and is no more. */
export interface Recovered {
  /** The run that left it, when that is known. */
  readonly run: string | undefined;
  readonly labStopped: boolean;
}

/**
 * The next command's duty after a run whose runner and guardian both died: undoes their faults, and takes the lab down
 * when it was theirs, cannot be healed, or is of another boot.
 * @param heal default: everything as the topology says, by a Toxiproxy that no late call of the dead can reach
 * @returns `undefined` when nothing was left, or somebody is at it.
 */
export async function recoverAbandoned(
  home: string,
  heal: (control: Control) => Promise<void> = healAnew,
): Promise<Recovered | undefined> {
  if (!isLeft(home)) return undefined;
  const owner = readOwner(home);
  if (owner !== undefined && !(await areGone(owner, home))) return undefined;
  const release = await takeLabLock(home);
  if (release === undefined) return undefined;
  try {
    const state = readLabState(home);
    if (state === undefined || !isLeft(home)) return undefined; // another command was faster
    const keep = owner?.ownsLab !== true && state.bootId === bootId();
    const healed = keep && (await succeeds(heal(createControl(state))));
    if (healed) forgetRun(home);
    else await runnerOf(state).stopLab();
    return { run: owner?.run, labStopped: !healed };
  } finally {
    await release();
  }
}

async function healAnew(control: Control): Promise<void> {
  await control.rebuild();
  await control.healAll();
}

/** When a run leaves a lab that stays up: nobody shall think that something is left to be healed. */
export function forgetRun(home: string): void {
  rmSync(guardianPaths(home).folder, { recursive: true, force: true });
}

function isLeft(home: string): boolean {
  const { owner, intents } = guardianPaths(home);
  return existsSync(owner) || existsSync(intents);
}

/** Waits for a guardian that survived its runner: it may be healing right now. */
async function areGone(owner: Owner, home: string): Promise<boolean> {
  if (owner.bootId !== bootId()) return true;
  if (isAlive(owner.runner)) return false;
  const until = performance.now() + guardianPatienceMs;
  while (isAlive(owner.guardian) && performance.now() < until) await pause(100);
  return !isAlive(owner.guardian) && isLeft(home);
}

async function succeeds(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false;
  }
}
