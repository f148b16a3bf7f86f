import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { takeLock } from './lab-lock.ts';

/** Generous: what an operator does waits for some seconds at some steps. */
const waitMs = 60_000;

/**
 * Runs `work` while no other command of an operator does the same kind of thing. It is not the lab's lock: operators work while
 * a run holds the lab. The kernel frees it when this process dies.
 * @throws {FiredrillError} `lab-busy`
 */
export async function whileNobodyElse<T>(
  home: string,
  kind: 'promotion' | 'lever',
  work: () => Promise<T>,
): Promise<T> {
  const until = performance.now() + waitMs;
  do {
    const release = await takeLock(join(home, `${kind}.lock`));
    if (release !== undefined) return await work().finally(release);
  } while (performance.now() < until);
  throw new FiredrillError('lab-busy', `another ${kind} is under way`, { fix: 'wait for it' });
}
