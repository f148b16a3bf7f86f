import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
  const release = await acquire(what, waitMs);
  try {
    return await work();
  } finally {
    await release().catch(() => {});
    await rmdir(makeLabsFolder()).catch(() => {}); // stays when a lab is in it
  }
}

async function acquire(what: string, waitMs: number): Promise<() => Promise<void>> {
  const until = performance.now() + waitMs;
  for (;;) {
    // Each time: whoever held it before may have removed the folder as the last of its users.
    const folder = makeLabsFolder();
    try {
      return await lockfile.lock(join(folder, what), {
        realpath: false, // the lock is only a name: there is no such file
        lockfilePath: join(folder, `${what}.busy`),
        stale: staleMs,
        update: 1000,
        // A machine too busy to renew the lock in time is no reason to stop half-way.
        onCompromised: () => {},
      });
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code !== 'ELOCKED' && code !== 'ENOENT') throw cause;
      if (performance.now() < until) await pause(50);
      else
        throw new FiredrillError('lab-busy', 'another command is working on this lab', {
          where: what,
          cause,
        });
    }
  }
}
