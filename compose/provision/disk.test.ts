import { expect, it } from 'vitest';
import { checkDisk, freeBytes, neededMegabytes } from './disk.ts';
import { fakeComponent } from './test-fixture.ts';

const component = fakeComponent({ kind: 'wheel', lock: 'unused', home: '' });
const megabyte = 1024 * 1024;

it('adds up results and caches of what is missing only', () => {
  expect(neededMegabytes([component, component])).toBe(126);
  expect(neededMegabytes([])).toBe(0);
});

it('says what is needed and what there is', async () => {
  await expect(
    checkDisk('/cache', [component], () => Promise.resolve(62.9 * megabyte)),
  ).rejects.toMatchObject({
    code: 'disk-full',
    exitCode: 69,
    message: 'set-up needs about 63 MB free and /cache has 62 MB',
  });
  await checkDisk('/cache', [component], () => Promise.resolve(63 * megabyte));
});

it('asks the real file system', async () => {
  expect(await freeBytes('/')).toBeGreaterThan(0);
});
