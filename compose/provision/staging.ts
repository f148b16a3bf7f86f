import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive, kill, ownIdentity, processesWithEnv } from './process-identity.ts';

const prefix = '.tmp-';
const marker = 'FIREDRILL_STAGING';

/** Variables for every child that works in a staging folder: how the next run finds it when this one is killed. */
export function stagingEnv(folder: string): Readonly<Record<string, string>> {
  return { [marker]: basename(folder), TMPDIR: folder };
}

function freshName(): string {
  return `${prefix}${ownIdentity()}-${randomBytes(4).toString('hex')}`;
}

/** A private folder beside the place where its content will go, so that one rename finishes it. */
export async function stage<T>(beside: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(dirname(beside), freshName());
  await mkdir(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts a finished folder in its place; whatever was there was incomplete, or the equal result of another run. */
export async function place(finished: string, target: string): Promise<void> {
  try {
    await rename(finished, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await discard(target);
    await rename(finished, target);
  }
}

/** Removes a large folder: out of the way in one step, so that a kill in between leaves nothing half there. */
export async function discard(folder: string): Promise<void> {
  const doomed = join(dirname(folder), freshName());
  const moved = await rename(folder, doomed).then(
    () => true,
    () => false,
  );
  if (moved) await rm(doomed, { recursive: true, force: true });
}

/** Ends what runs that were killed have left in this folder: their children, then their files. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = /^\.tmp-(\d+-\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(owner)) continue;
    for (const pid of processesWithEnv(`${marker}=${name}`)) kill(pid);
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
