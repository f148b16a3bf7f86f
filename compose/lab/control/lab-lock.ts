import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { labLockPath } from './lab-home.ts';

/** What `flock` exits with when somebody else holds the lock. */
export const lockConflictExitCode = 75;

/**
 * The words that go before a command so that it holds the lab's lock for its whole life: the kernel frees it however
 * the process ends.
 */
export function underLabLock(home: string): readonly string[] {
  return [
    'flock',
    '--no-fork',
    '--nonblock',
    '--conflict-exit-code',
    String(lockConflictExitCode),
    labLockPath(home),
  ];
}

/** Whether a run holds this lab now. */
export function labLockHeld(home: string): boolean {
  if (!existsSync(labLockPath(home))) return false;
  const [flock = 'flock', ...options] = underLabLock(home);
  return spawnSync(flock, [...options, 'true']).status === lockConflictExitCode;
}
