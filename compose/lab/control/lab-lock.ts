import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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
export function underLabLock(home: string): readonly string[] {
  return ['flock', '--no-fork', '--timeout', patience, ...conflict, labLockPath(home)];
}

/** Whether a run holds this lab now. */
export function labLockHeld(home: string): boolean {
  if (!existsSync(labLockPath(home))) return false;
  const look = spawnSync('flock', ['--no-fork', '--nonblock', ...conflict, labLockPath(home), 'true']);
  return look.status === lockConflictExitCode;
}

/**
 * Holds the lab's lock in this process until it is released or this process ends.
 * @returns how to release it, or `undefined` when somebody else holds it.
 */
export async function takeLabLock(home: string): Promise<(() => Promise<void>) | undefined> {
  const [flock = 'flock', ...options] = underLabLock(home);
  // `cat` ends when its input does, and that ends with this process, however it does.
  const holder = spawn(flock, [...options, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(holder, 'exit');
  holder.stdin.on('error', () => {});
  holder.stdin.write('held\n');
  const echoed = once(holder.stdout, 'data').then(() => true);
  const held = await Promise.race([echoed, ended.then(() => false)]);
  if (!held) return undefined;
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
