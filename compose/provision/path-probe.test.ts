import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { probePath } from './path-probe.ts';
import { openProbeMemory } from './probe-memory.ts';
import { fakeComponent, sandbox, script } from './test-fixture.ts';

const component = fakeComponent({ kind: 'wheel', lock: 'unused', home: '' });

async function withHello(
  version: string,
): Promise<{ folder: string; env: { PATH: string }; asked: () => Promise<number> }> {
  const folder = await sandbox();
  const log = join(folder, 'log');
  await script(join(folder, 'bin', 'hello'), `echo asked >> ${log}\necho "hello version ${version}"`);
  const asked = async (): Promise<number> =>
    (await readFile(log, 'utf8').catch(() => '')).split('\n').length - 1;
  return { folder, env: { PATH: `${join(folder, 'none')}:${join(folder, 'bin')}:/usr/bin:/bin` }, asked };
}

it('finds a program and its version, and says whether it fits', async () => {
  const { folder, env } = await withHello('1.2.9');
  const finding = await probePath(component, env, await openProbeMemory(folder));
  expect(finding).toEqual({
    files: new Map([['hello', join(folder, 'bin', 'hello')]]),
    version: '1.2.9',
    fits: true,
  });
  const old = await withHello('1.1.9');
  expect(await probePath(component, old.env, await openProbeMemory(old.folder))).toMatchObject({
    version: '1.1.9',
    fits: false,
  });
});

it('wants all executables', async () => {
  const { folder, env } = await withHello('1.2.9');
  const both = { ...component, executables: ['hello', 'goodbye'] };
  expect(await probePath(both, env, await openProbeMemory(folder))).toBeUndefined();
});

it('asks a program once, and again when the program has changed', async () => {
  const { folder, env, asked } = await withHello('1.2.9');
  const first = await openProbeMemory(folder);
  await probePath(component, env, first);
  await first.save();
  expect((await probePath(component, env, await openProbeMemory(folder)))?.version).toBe('1.2.9');
  expect(await asked()).toBe(1);
  await utimes(join(folder, 'bin', 'hello'), 1, 1);
  await probePath(component, env, await openProbeMemory(folder));
  expect(await asked()).toBe(2);
});

it('finds an executable under its other name', async () => {
  const { folder, env } = await withHello('1.2.9');
  const other = { ...component, executables: ['hi'], path: { ...component.path, alias: { hi: 'hello' } } };
  const finding = await probePath(other, env, await openProbeMemory(folder));
  expect(finding?.files.get('hi')).toBe(join(folder, 'bin', 'hello'));
});
