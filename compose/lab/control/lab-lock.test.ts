import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { labLockPath } from './lab-home.ts';
import { labLockHeld, lockConflictExitCode, takeLabLock, underLabLock } from './lab-lock.ts';

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('is held by one process at a time and freed by kill -9', async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-lock-'));
  try {
    expect(labLockHeld(home)).toBe(false);
    writeFileSync(labLockPath(home), '');
    const [flock = '', ...options] = underLabLock(home);
    const holder = spawn(flock, [...options, 'sleep', '60']);
    await until(() => labLockHeld(home));

    const second = spawn(flock, [...options, 'true']);
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(lockConflictExitCode);

    // --no-fork: the process that was started is the holder itself.
    holder.kill('SIGKILL');
    await until(() => !labLockHeld(home));
  } finally {
    rmSync(home, { recursive: true });
  }
});

it('can be taken by this process, once, and given back', async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-lock-'));
  try {
    writeFileSync(labLockPath(home), '');
    const release = await takeLabLock(home);
    expect(release).toBeTypeOf('function');
    expect(labLockHeld(home)).toBe(true);
    expect(await takeLabLock(home)).toBeUndefined();
    await release?.();
    expect(labLockHeld(home)).toBe(false);
  } finally {
    rmSync(home, { recursive: true });
  }
});
