import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { takeLock } from '../control/lab-lock.ts';

/** Generous: a promotion waits for a few seconds at some steps. */
const waitMs = 60_000;

/**
 * Runs `work` while nobody else promotes or says who follows whom. It is not the lab's lock: an operator promotes while
 * a run holds the lab. The kernel frees it when this process dies.
 * @throws {FiredrillError} `lab-busy`
 */
export async function onePromotion<T>(home: string, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + waitMs;
  do {
    const release = await takeLock(join(home, 'promotion.lock'));
    if (release !== undefined) return await work().finally(release);
  } while (performance.now() < until);
  throw new FiredrillError('lab-busy', 'another promotion is under way', { fix: 'wait for it' });
}
