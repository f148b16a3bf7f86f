import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import lockfile from 'proper-lockfile';
import { makeLabsFolder } from './labs-folder.ts';

/** A holder that was killed is known as such after this, ms. */
const staleMs = 5000;

/**
 * Runs `work` while no other command of this user works on the same thing (a lab's id, or `ports`).
 * @throws {FiredrillError} `lab-busy` when another command holds it for longer than `waitMs`.
 */
export async function oneAtATime<T>(what: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const folder = makeLabsFolder();
  const release = await lockfile
    .lock(join(folder, what), {
      realpath: false, // the lock is only a name: there is no such file
      lockfilePath: join(folder, `${what}.busy`),
      stale: staleMs,
      update: 1000,
      retries: { retries: Math.ceil(waitMs / 100), minTimeout: 100, maxTimeout: 100, factor: 1 },
      // A machine too busy to renew the lock in time is no reason to stop half-way.
      onCompromised: () => {},
    })
    .catch((cause: unknown) => {
      throw new FiredrillError('lab-busy', 'another command is working on this lab', { where: what, cause });
    });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
    await rmdir(folder).catch(() => {}); // stays when a lab is in it
  }
}
