import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { isAlive, ownIdentity } from './process-identity.ts';
import { discard, place, stage, stagingEnv, sweep } from './staging.ts';
import { sandbox } from './test-fixture.ts';

it('works beside the target and leaves nothing behind, also when the work fails', async () => {
  const folder = await sandbox();
  await stage(join(folder, 'target'), async (staging) => {
    await writeFile(join(staging, 'file'), 'x');
    await mkdir(join(staging, 'out'));
    await place(join(staging, 'out'), join(folder, 'target'));
  });
  await expect(stage(join(folder, 'other'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(folder)).toEqual(['target']);
});

it('replaces what is incomplete', async () => {
  const folder = await sandbox();
  await mkdir(join(folder, 'target'));
  await writeFile(join(folder, 'target', 'half'), 'x');
  await mkdir(join(folder, 'new'));
  await writeFile(join(folder, 'new', 'whole'), 'x');
  await place(join(folder, 'new'), join(folder, 'target'));
  expect(await readdir(folder)).toEqual(['target']);
  expect(await readdir(join(folder, 'target'))).toEqual(['whole']);
});

it('sweeps the folder and the children of an owner that is dead, and leaves those of one that lives', async () => {
  const folder = await sandbox();
  const dead = join(folder, '.tmp-999999999-1-aaaa');
  const living = join(folder, `.tmp-${ownIdentity()}-bbbb`);
  const reused = join(folder, `.tmp-${process.pid}-1-cccc`);
  for (const one of [dead, living, reused]) await mkdir(one);
  const orphan = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], ...stagingEnv(dead) } });
  const kept = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], ...stagingEnv(living) } });
  await Promise.all([once(orphan, 'spawn'), once(kept, 'spawn')]);
  const ended = once(orphan, 'exit');
  await sweep(folder);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(await readdir(folder)).toEqual([basename(living)]);
  expect(kept.exitCode ?? kept.signalCode).toBeNull();
  kept.kill('SIGKILL');
});

it('knows a process by pid and start', async () => {
  expect(isAlive(ownIdentity())).toBe(true);
  expect(isAlive(`${process.pid}-1`)).toBe(false);
  const child = spawn('true');
  await once(child, 'exit');
  expect(isAlive(`${child.pid}-1`)).toBe(false);
});

it('discards a folder, and a folder that is not there', async () => {
  const folder = await sandbox();
  await mkdir(join(folder, 'big', 'deep'), { recursive: true });
  await discard(join(folder, 'big'));
  await discard(join(folder, 'big'));
  expect(await readdir(folder)).toEqual([]);
  await expect(readFile(join(folder, 'big'))).rejects.toThrow('ENOENT');
});
