import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ProvisionEvent } from './events.ts';
import { provision, provisionComponents } from './provision.ts';
import { fakeComponent, sandbox, script } from './test-fixture.ts';

const component = fakeComponent({ kind: 'wheel', lock: 'locks/go.txt', home: '' });
const platform = { tag: 'linux-x64', native: 'full' } as const;

it('takes what fits from PATH, without an event and, the second time, without starting anything', async () => {
  const root = await sandbox();
  const log = join(root, 'log');
  await script(join(root, 'path', 'bin', 'hello'), `echo x >> ${log}; echo 1.2.5`);
  const events: ProvisionEvent[] = [];
  const options = {
    cacheRoot: join(root, 'cache'),
    env: { PATH: join(root, 'path', 'bin') },
    platform,
    onEvent: (event: ProvisionEvent) => events.push(event),
  };
  const first = await provisionComponents([component], options);
  expect(first.get('sloth')).toMatchObject({
    version: '1.2.5',
    origin: 'path',
    home: join(root, 'path', 'bin'),
  });
  for (let turn = 0; turn < 5; turn += 1) await provisionComponents([component], options);
  expect(await readFile(log, 'utf8')).toBe('x\n');
  expect(events).toEqual([]);
});

it('says which executables a component has when asked for another', async () => {
  const root = await sandbox();
  await script(join(root, 'bin', 'hello'), 'echo 1.2.5');
  const found = await provisionComponents([component], {
    cacheRoot: root,
    env: { PATH: join(root, 'bin') },
    platform,
  });
  expect(() => found.get('sloth')?.bin('nothello')).toThrow(
    expect.objectContaining({ fix: 'use one of hello' }),
  );
});

it('names on macOS what is not on PATH and how to install it, and makes no cache', async () => {
  const root = join(await sandbox(), 'cache');
  const run = provisionComponents([component], {
    cacheRoot: root,
    env: {},
    platform: { tag: 'darwin-arm64', native: 'path' },
  });
  await expect(run).rejects.toMatchObject({
    code: 'platform-unsupported',
    message: expect.stringContaining('sloth'),
    fix: 'install hello 1.2 by hand',
  });
  await expect(readdir(root)).rejects.toThrow('ENOENT');
});

it('checks the disk before it begins', async () => {
  const root = await sandbox();
  const events: ProvisionEvent[] = [];
  const run = provisionComponents([component], {
    cacheRoot: root,
    env: { PATH: '/nowhere' },
    platform,
    freeBytes: () => Promise.resolve(5 * 1024 * 1024),
    onEvent: (event) => events.push(event),
  });
  await expect(run).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('63 MB') });
  expect(events.map(({ type }) => type)).toEqual(['planned']);
});

it('says that Python is not there, and what to install instead', async () => {
  const root = await sandbox();
  const run = provisionComponents([component], { cacheRoot: root, env: { PATH: '/nowhere' }, platform });
  await expect(run).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringContaining('python3-pip'),
    where: 'sloth',
    fix: 'install hello 1.2 by hand',
  });
  expect(await readdir(join(root, 'components', 'sloth'))).toEqual([]);
});

it('names a cache folder that cannot be made', async () => {
  const file = join(await sandbox(), 'file');
  await script(file, '');
  await expect(
    provisionComponents([component], { cacheRoot: join(file, 'cache'), env: {}, platform }),
  ).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringContaining('cannot be written to'),
  });
});

it('refuses an unknown name', async () => {
  await expect(provision(['mysql' as 'postgres'], { cacheRoot: '/nowhere' })).rejects.toMatchObject({
    code: 'usage',
  });
});
