import { lstatSync, mkdirSync } from 'node:fs';
import { FiredrillError } from '@firedrill/errors';
import { labsFolder } from '../control/lab-home.ts';
import { thisUser } from '../control/this-user.ts';

/**
 * Makes the folder of all labs of this user. It lies in a folder that everybody can write to, so one that somebody
 * else made is refused: it would hold this lab's secrets.
 */
export function makeLabsFolder(folder = labsFolder()): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === thisUser().uid && (found.mode & 0o077) === 0) return folder;
  throw new FiredrillError('lab-busy', 'this folder is not a private one of yours', {
    where: folder,
    fix: 'remove it or set TMPDIR to another folder',
  });
}
