import { statfs } from 'node:fs/promises';
import { FiredrillError } from '@firedrill/errors';

/** What a level-1 lab writes in an hour, with PostgreSQL's first 40 MB, the quiet history and the logs. */
export const labBytes = 600 * 1024 * 1024;

/** @throws {FiredrillError} `disk-full`, with both figures. */
export async function checkDisk(folder: string, needed = labBytes): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw diskFull(folder, `${megabytes(free)} MB are free, ${megabytes(needed)} MB are needed`);
}

export function diskFull(folder: string, message = 'no space left', cause?: unknown): FiredrillError {
  return new FiredrillError('disk-full', message, {
    where: folder,
    fix: 'free some, or set TMPDIR to another disk',
    cause,
  });
}

const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);
