import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withCacheLock } from './cache-lock.ts';
import { inPackage } from './recipe.ts';
import { sandbox } from './test-fixture.ts';

it('lets one in at a time, and says once that it waits', async () => {
  const root = await sandbox();
  const log: string[] = [];
  const [entered, waits] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = withCacheLock(root, 'x', async () => {
    log.push('a in');
    entered.resolve();
    await waits.promise;
    // Long enough for the other one to ask again, and to say nothing more.
    await delay(700);
    log.push('a out');
  });
  await entered.promise;
  const onWait = (): void => {
    log.push('b waits');
    waits.resolve();
  };
  const second = withCacheLock(
    root,
    'x',
    async () => {
      log.push('b in', 'b out');
    },
    { onWait },
  );
  await Promise.all([first, second]);
  expect(log).toEqual(['a in', 'b waits', 'a out', 'b in', 'b out']);
});

it('is given back when the work fails, and other names do not wait', async () => {
  const root = await sandbox();
  await expect(withCacheLock(root, 'x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withCacheLock(root, 'x', () => withCacheLock(root, 'y', () => Promise.resolve(1)))).toBe(1);
});

it('stops waiting on a signal', async () => {
  const root = await sandbox();
  await withCacheLock(root, 'x', async () => {
    await expect(
      withCacheLock(root, 'x', () => Promise.resolve(1), { signal: AbortSignal.timeout(100) }),
    ).rejects.toThrow();
  });
});

it('is taken over from an owner that was killed', async () => {
  const root = await sandbox();
  const code = `import { withCacheLock } from ${JSON.stringify(inPackage('cache-lock.ts'))};
    await withCacheLock(${JSON.stringify(root)}, 'x', () => { console.log('in'); return new Promise((done) => setTimeout(done, 60_000)); });`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(owner.stdout, 'data');
  owner.kill('SIGKILL');
  expect(await withCacheLock(root, 'x', () => Promise.resolve('mine'))).toBe('mine');
});
