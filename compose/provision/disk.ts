import { statfs } from 'node:fs/promises';
import { FiredrillError } from '@firedrill/errors';
import type { Component } from './component.ts';

/** Free bytes for this user on the file system of a folder. */
export type FreeBytes = (folder: string) => Promise<number>;

const megabyte = 1024 * 1024;

/** Asks the file system. */
export const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** What the missing components need while they are made: the results, and Go's caches until the last build is done. */
export function neededMegabytes(missing: readonly Component[]): number {
  return missing.reduce((sum, { estimate }) => sum + estimate.megabytes + estimate.buildMegabytes, 0);
}

/** Refuses to begin what would fill the disk in the middle. */
export async function checkDisk(root: string, missing: readonly Component[], free: FreeBytes): Promise<void> {
  const needed = neededMegabytes(missing);
  const available = Math.floor((await free(root)) / megabyte);
  if (available >= needed) return;
  throw new FiredrillError(
    'disk-full',
    `set-up needs about ${needed} MB free and ${root} has ${available} MB`,
    {
      where: root,
      fix: 'free some space, or point FIREDRILL_CACHE at a larger disk, or set FIREDRILL_CACHE_URL to a packed cache',
    },
  );
}
