import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { FiredrillError } from '@firedrill/errors';
import { labLockPath } from './lab-home.ts';

/** What `flock` exits with when somebody else holds the lock. */
export const lockConflictExitCode = 75;

const conflict = ['--conflict-exit-code', String(lockConflictExitCode)];

/** A look at the lock takes it for a moment; a holder that starts just then waits for this long, seconds. */
const patience = '2';

/**
 * The words that go before a command so that it holds the lab's lock for its whole life: the kernel frees it however
 * the process ends.
 */
export const underLabLock = (home: string): readonly string[] => underLock(labLockPath(home));

const underLock = (path: string): readonly string[] => [
  'flock',
  '--no-fork',
  ...['--timeout', patience, ...conflict],
  path,
];

const flockMissing = (cause: Error): FiredrillError =>
  new FiredrillError('component-unavailable', 'the command flock could not be run', {
    fix: 'install util-linux',
    cause,
  });

/** Whether a run holds this lab now. @throws {FiredrillError} `component-unavailable` without util-linux. */
export function labLockHeld(home: string): boolean {
  if (!existsSync(labLockPath(home))) return false;
  const look = spawnSync('flock', ['--no-fork', '--nonblock', ...conflict, labLockPath(home), 'true']);
  if (look.error !== undefined) throw flockMissing(look.error);
  return look.status === lockConflictExitCode;
}

/** {@link takeLock} on the lab's own lock. */
export const takeLabLock = (home: string): Promise<(() => Promise<void>) | undefined> =>
  takeLock(labLockPath(home));

/**
 * Holds the lock on a file in this process until it is released or this process ends, however it does.
 * @returns how to release it, or `undefined` when somebody else holds it.
 * @throws {FiredrillError} `component-unavailable` without util-linux.
 */
export async function takeLock(path: string): Promise<(() => Promise<void>) | undefined> {
  const [flock = 'flock', ...options] = underLock(path);
  // `cat` ends when its input does, and that ends with this process, however it does. In a session of its own: Ctrl-C
  // must not free the lock while this process still heals.
  const holder = spawn(flock, [...options, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const ended = new Promise<void>((resolve) => holder.once('close', () => resolve()));
  const held = await new Promise<boolean>((resolve, reject) => {
    holder.once('error', (cause) => reject(flockMissing(cause)));
    holder.once('close', () => resolve(false));
    holder.stdout.once('data', () => resolve(true));
    holder.stdin.on('error', () => {});
    holder.stdin.write('held\n');
  });
  if (!held) return undefined;
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
