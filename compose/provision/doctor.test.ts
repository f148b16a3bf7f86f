import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { componentByName, components } from './components.ts';
import { doctor, doctorTable } from './doctor.ts';
import { cacheFolder, homeIn } from './locate.ts';
import { emptyPlace, sandbox, script } from './test-fixture.ts';

const platform = { tag: 'linux-x64', native: 'full' } as const;
const names = components.map(({ name }) => name);

it('lists every component as absent in an empty cache, with how it would be had, and makes nothing', async () => {
  const root = join(await sandbox(), 'cache');
  const entries = await doctor(names, { cacheRoot: root, env: {}, platform });
  expect(entries.map(({ state }) => state)).toEqual(names.map(() => 'absent'));
  expect(entries.find(({ name }) => name === 'loki')).toMatchObject({
    origin: 'go',
    version: '3.7.8',
    note: 'a build by Go, about 350 s',
  });
  await expect(readdir(root)).rejects.toThrow('ENOENT');
  expect(doctorTable(entries).split('\n')).toHaveLength(names.length + 1);
});

it('says what is there and from where, and that PATH has another version', async () => {
  const root = await sandbox();
  const place = await emptyPlace(root);
  const toxiproxy = componentByName('toxiproxy');
  const folder = homeIn(cacheFolder(toxiproxy, place), toxiproxy);
  await mkdir(folder, { recursive: true });
  for (const executable of toxiproxy.executables) {
    await script(join(folder, 'bin', executable), '');
    await script(join(root, 'path', executable), 'echo 2.5.0');
  }
  const env = { PATH: join(root, 'path') };
  const [entry] = await doctor(['toxiproxy'], { cacheRoot: root, env, platform });
  expect(entry).toMatchObject({
    state: 'present',
    origin: 'go',
    version: '2.12.0',
    path: folder,
    note: 'PATH has 2.5.0, which does not fit',
  });
});

it('says on macOS what to install', async () => {
  const [entry] = await doctor(['loki'], {
    cacheRoot: '/nowhere',
    env: {},
    platform: { tag: 'darwin-arm64', native: 'path' },
  });
  expect(entry).toMatchObject({
    state: 'absent',
    origin: 'path',
    note: 'install Loki 3.5 or later and put it on PATH',
  });
});
