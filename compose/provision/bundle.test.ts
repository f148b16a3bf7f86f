import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packCache } from './bundle-pack.ts';
import { takeBundle } from './bundle-take.ts';
import { withCacheLock } from './cache-lock.ts';
import type { Component } from './component.ts';
import type { ProvisionEvent } from './events.ts';
import { cacheFolder } from './locate.ts';
import { provisionComponents } from './provision.ts';
import { emptyPlace, fakeComponent, sandbox, script } from './test-fixture.ts';

const platform = { tag: 'linux-x64', native: 'full' } as const;
const component = fakeComponent({ kind: 'deb', packages: ['hello'], files: { hello: 'usr/bin/hello' } });

interface Packed {
  readonly folder: string;
  readonly file: string;
  readonly sha256: string;
}

async function packed(root: string): Promise<Packed> {
  const folder = cacheFolder(component, await emptyPlace(join(root, 'old')));
  await script(join(folder, 'bin', 'hello'), 'echo hello');
  await symlink('hello', join(folder, 'bin', 'hi'));
  await mkdir(join(folder, 'share'));
  await writeFile(join(folder, 'share', 'big'), Buffer.alloc(3_000_000, 'firedrill'));
  const file = join(root, 'out', 'cache.tar.zst');
  const { sha256 } = await packCache(file, {
    cacheRoot: join(root, 'old'),
    env: {},
    platform,
    components: [component],
  });
  return { folder, file, sha256 };
}

function take(
  root: string,
  url: string,
  wanted: readonly Component[] = [component],
): ReturnType<typeof provisionComponents> {
  const env = { FIREDRILL_CACHE_URL: url, PATH: '/nowhere' };
  return provisionComponents(wanted, { cacheRoot: join(root, 'new'), env, platform });
}

async function refused(root: string, url: string, reason: RegExp): Promise<void> {
  await expect(take(root, url)).rejects.toMatchObject({
    code: 'component-unavailable',
    where: 'FIREDRILL_CACHE_URL',
    message: expect.stringMatching(reason),
  });
  expect(await readdir(join(root, 'new'))).toEqual(['locks']);
}

async function rehash(file: string): Promise<void> {
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  await writeFile(`${file}.sha256`, `${hash}  cache.tar.zst\n`);
}

describe('a packed cache', () => {
  it('comes back with its links, modes and origin, byte for byte', async () => {
    const root = await sandbox();
    const { folder, file, sha256 } = await packed(root);
    expect(await readFile(`${file}.sha256`, 'utf8')).toBe(`${sha256}  cache.tar.zst\n`);
    execFileSync('sha256sum', ['-c', `${file}.sha256`], { cwd: dirname(file) });
    const found = (await take(root, pathToFileURL(file).href)).get('sloth');
    expect(found).toMatchObject({ origin: 'bundle', version: '1.2.3' });
    expect(execFileSync(found?.bin('hello') ?? '', { encoding: 'utf8' })).toBe('hello\n');
    const home = found?.home ?? '';
    expect(await readlink(join(home, 'bin', 'hi'))).toBe('hello');
    expect(await readFile(join(home, 'share', 'big'))).toEqual(await readFile(join(folder, 'share', 'big')));
    expect((await stat(file)).size).toBeLessThan(100_000);
    expect((await readdir(join(root, 'new'))).sort()).toEqual(['components', 'locks']);
  });

  it('says what it holds and what it does not', async () => {
    const root = await sandbox();
    await packed(root);
    const other = { ...component, name: 'jaeger', version: '9.9.9' } as const;
    const options = { cacheRoot: join(root, 'old'), env: {}, platform, components: [component, other] };
    expect(await packCache(join(root, 'again'), options)).toMatchObject({
      components: ['sloth'],
      absent: ['jaeger'],
    });
    const none = { ...options, cacheRoot: join(root, 'none') };
    await expect(packCache(join(root, 'again'), none)).rejects.toMatchObject({
      code: 'component-unavailable',
    });
  });

  it('is refused when one byte differs from its hash', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file, bytes);
    await refused(root, pathToFileURL(file).href, /was refused: (its sha256 is|it cannot be unpacked)/);
  });

  it('is refused when it is cut off, when the hash is another, and when there is none', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const url = pathToFileURL(file).href;
    await refused(root, `${url}#sha256=${'0'.repeat(64)}`, /its sha256 is [0-9a-f]{64} and should be 0{64}/);
    await writeFile(`${file}.sha256`, 'nothing\n');
    await refused(root, url, /holds no sha256/);
    await writeFile(file, (await readFile(file)).subarray(0, 200));
    await rehash(file);
    await refused(root, url, /cannot be unpacked/);
    await refused(root, pathToFileURL(join(root, 'none')).href, /ENOENT/);
  });

  it('is refused when a file in it is not the one of its manifest, or not in it at all', async () => {
    const root = await sandbox();
    const { file, folder } = await packed(root);
    const work = join(root, 'work');
    await mkdir(work);
    const inside = join('components', 'sloth', folder.split('/').at(-1) ?? '');
    execFileSync('tar', ['--zstd', '-xf', file, '-C', work]);
    await writeFile(join(work, inside, 'share', 'big'), 'changed');
    execFileSync('tar', ['--zstd', '-cf', file, '-C', work, 'firedrill-cache.json', 'components']);
    await rehash(file);
    await refused(root, pathToFileURL(file).href, /does not agree with its manifest: .*share\/big/);
  });

  it('is refused on another platform', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const env = { FIREDRILL_CACHE_URL: pathToFileURL(file).href };
    const arm = { tag: 'linux-arm64', native: 'full' } as const;
    await expect(
      provisionComponents([component], { cacheRoot: join(root, 'new'), env, platform: arm }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('packed on linux-x64 and this is linux-arm64'),
    });
  });

  it('gives only what has the same key; the rest is made', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const other = { ...component, version: '1.2.4' };
    await expect(take(root, pathToFileURL(file).href, [other])).rejects.toMatchObject({
      message: expect.stringContaining('apt-get'),
    });
  });

  it('is put in place once by two that take it at once', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const place = await emptyPlace(join(root, 'new'), { FIREDRILL_CACHE_URL: pathToFileURL(file).href });
    const inode = async (): Promise<number> => (await stat(cacheFolder(component, place))).ino;
    const taker = async (): Promise<number> => {
      const taken = await takeBundle([component], place, { signal: undefined, onEvent: () => undefined });
      expect(taken.get('sloth')?.origin).toBe('bundle');
      return inode();
    };
    const seen = await Promise.all([taker(), taker()]);
    expect(new Set([...seen, await inode()]).size).toBe(1);
  });

  it('leaves a component that another run makes meanwhile as that run made it', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const place = await emptyPlace(join(root, 'new'), { FIREDRILL_CACHE_URL: pathToFileURL(file).href });
    const waits = Promise.withResolvers<void>();
    const onEvent = (event: ProvisionEvent): void => {
      if (event.type === 'step' && event.text.startsWith('waiting')) waits.resolve();
    };
    const taking = await withCacheLock(place.root, 'sloth', async () => {
      const taken = takeBundle([component], place, { signal: undefined, onEvent });
      await Promise.race([waits.promise, taken]);
      await script(join(cacheFolder(component, place), 'bin', 'hello'), 'echo made here');
      return { taken };
    });
    expect((await taking.taken).get('sloth')?.origin).toBe('deb');
    const hello = join(cacheFolder(component, place), 'bin', 'hello');
    expect(execFileSync(hello, { encoding: 'utf8' })).toBe('made here\n');
  });

  it('is taken from a server, with the password of the URL, which no message shows', async () => {
    const root = await sandbox();
    const { file } = await packed(root);
    const logins: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      logins.push(request.headers.authorization);
      const name = request.url ?? '';
      if (!name.startsWith('/cache')) response.writeHead(404).end();
      else
        readFile(name.endsWith('.sha256') ? `${file}.sha256` : file).then(
          (body) => response.end(body),
          () => response.destroy(),
        );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const from = (path: string): string => `http://me:secret@127.0.0.1:${port}${path}`;
    const lost = await take(root, from('/none?token=hidden')).catch((error: Error) => error.message);
    expect(lost).toContain(`http://127.0.0.1:${port}/none was refused: the server answered 404`);
    expect(lost).not.toMatch(/secret|hidden/);
    expect((await take(root, from('/cache.tar.zst'))).get('sloth')?.origin).toBe('bundle');
    expect(new Set(logins)).toEqual(new Set([`Basic ${btoa('me:secret')}`]));
  });

  it.each(['http://example.org/cache', 'ftp://example.org/cache', 'not a url'])(
    'is not taken from %s',
    async (url) => refused(await sandbox(), url, /must be a file: or https: URL/),
  );
});
