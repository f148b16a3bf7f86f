import { appendFile, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recipeKey } from './recipe.ts';
import { fakeComponent, helloModule, sandbox } from './test-fixture.ts';

it('is the same for the same content in another checkout', async () => {
  const folder = await sandbox();
  const here = await helloModule(join(folder, 'a'));
  await cp(join(folder, 'a'), join(folder, 'b'), { recursive: true });
  const there = { ...here, module: join(folder, 'b') };
  const key = recipeKey(fakeComponent(here), 'linux-x64');
  expect(key).toMatch(/^[0-9a-f]{12}$/);
  expect(recipeKey(fakeComponent(there), 'linux-x64')).toBe(key);
});

it('changes with the platform, the version, a flag, go.sum and the source', async () => {
  const folder = await sandbox();
  const source = await helloModule(folder);
  const keys = [
    recipeKey(fakeComponent(source), 'linux-x64'),
    recipeKey(fakeComponent(source), 'linux-arm64'),
    recipeKey(fakeComponent(source, { version: '1.2.4' }), 'linux-x64'),
    recipeKey(fakeComponent({ ...source, tags: 'netgo' }), 'linux-x64'),
    recipeKey(fakeComponent({ ...source, ldflags: '-X main.v=1' }), 'linux-x64'),
  ];
  await writeFile(join(folder, 'go.sum'), 'example.org/a v1.0.0 h1:x=\n');
  keys.push(recipeKey(fakeComponent(source), 'linux-x64'));
  await appendFile(join(folder, 'main.go'), '\n// changed\n');
  keys.push(recipeKey(fakeComponent(source), 'linux-x64'));
  expect(new Set(keys).size).toBe(keys.length);
});

it('changes with the lock of a wheel, and not with its words for people', async () => {
  const lock = join(await sandbox(), 'lock.txt');
  await writeFile(lock, 'a==1 --hash=sha256:00\n');
  const component = fakeComponent({ kind: 'wheel', lock, home: 'a' });
  const before = recipeKey(component, 'linux-x64');
  expect(recipeKey({ ...component, purpose: 'other', byHand: 'other' }, 'linux-x64')).toBe(before);
  await writeFile(lock, 'a==1 --hash=sha256:01\n');
  expect(recipeKey(component, 'linux-x64')).not.toBe(before);
});
