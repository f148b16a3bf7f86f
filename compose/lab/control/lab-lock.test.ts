import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { labLockPath } from './lab-home.ts';
import { labLockHeld, lockConflictExitCode, takeLabLock, underLabLock } from './lab-lock.ts';
import { allProcesses } from './process-table.ts';

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

it("is held outside the terminal's group: Ctrl-C does not free it in the middle of a heal", async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-lock-'));
  try {
    writeFileSync(labLockPath(home), '');
    const release = await takeLabLock(home);
    const holder = allProcesses().find(
      ({ pid, parent }) => parent === process.pid && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'cat\n',
    );
    const group = readFileSync(`/proc/${holder?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
    expect(Number(group)).toBe(holder?.pid);
    await release?.();
  } finally {
    rmSync(home, { recursive: true });
  }
});

it('says what to install where there is no flock', async () => {
  const home = mkdtempSync(join(tmpdir(), 'firedrill-lock-'));
  const { PATH } = process.env;
  const missing = { code: 'component-unavailable', fix: 'install util-linux' };
  try {
    writeFileSync(labLockPath(home), '');
    process.env.PATH = home;
    await expect(takeLabLock(home)).rejects.toMatchObject(missing);
    expect(() => labLockHeld(home)).toThrow(expect.objectContaining(missing));
  } finally {
    process.env.PATH = PATH;
    rmSync(home, { recursive: true });
  }
});
