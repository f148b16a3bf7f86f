import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Component } from './component.ts';
import { exists } from './exists.ts';
import { provision, provisionComponents } from './provision.ts';
import { fakeComponent, sandbox, script } from './test-fixture.ts';

/** Writes a wheel that holds one executable, and a lock file with this hash or its own. */
async function helloWheel(root: string, hash?: string): Promise<Component> {
  const wheel = join(root, 'firedrill_hello-1.2.3-py3-none-any.whl');
  const python = `
import zipfile
with zipfile.ZipFile(${JSON.stringify(wheel)}, 'w') as z:
    info = zipfile.ZipInfo('hello/tree/bin/hello'); info.external_attr = 0o100755 << 16
    z.writestr(info, '#!/bin/sh\\necho hello from a wheel\\n')
    d = 'firedrill_hello-1.2.3.dist-info/'
    z.writestr(d + 'METADATA', 'Metadata-Version: 2.1\\nName: firedrill-hello\\nVersion: 1.2.3\\n')
    z.writestr(d + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    z.writestr(d + 'RECORD', '')
`;
  execFileSync('python3', ['-c', python]);
  const own = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  const lock = join(root, 'lock.txt');
  await writeFile(lock, `firedrill-hello==1.2.3 --hash=sha256:${hash ?? own}\n`);
  return fakeComponent({ kind: 'wheel', lock, home: 'hello/tree' });
}

const offline = (root: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PIP_NO_INDEX: '1',
  PIP_FIND_LINKS: root,
});

it('unpacks a wheel of the right hash, with the right to execute', async () => {
  const root = await sandbox();
  const component = await helloWheel(root);
  // A user's own pip settings that would send it elsewhere.
  const env = { ...offline(root), PIP_USER: '1', PIP_REQUIRE_VIRTUALENV: '1' };
  const found = (await provisionComponents([component], { cacheRoot: join(root, 'cache'), env })).get(
    'sloth',
  );
  expect(found).toMatchObject({ origin: 'wheel', version: '1.2.3' });
  expect(execFileSync(found?.bin('hello') ?? '', { encoding: 'utf8' })).toBe('hello from a wheel\n');
  expect((await lstat(join(found?.home ?? '', '..', '..', 'bin'))).isSymbolicLink()).toBe(true);
});

it('makes a damaged component again', async () => {
  const root = await sandbox();
  const component = await helloWheel(root);
  const options = { cacheRoot: join(root, 'cache'), env: offline(root) };
  const first = (await provisionComponents([component], options)).get('sloth');
  await rm(first?.bin('hello') ?? '');
  const second = (await provisionComponents([component], options)).get('sloth');
  expect(second?.home).toBe(first?.home);
  expect(execFileSync(second?.bin('hello') ?? '', { encoding: 'utf8' })).toBe('hello from a wheel\n');
});

it('refuses a wheel of another hash', async () => {
  const root = await sandbox();
  const component = await helloWheel(root, '0'.repeat(64));
  await expect(
    provisionComponents([component], { cacheRoot: join(root, 'cache'), env: offline(root) }),
  ).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringMatching(/sloth 1\.2\.3 could not be had: pip failed: .*hash/i),
  });
});

it('makes a Python of its own where the system’s has no pip', async () => {
  const root = await sandbox();
  const component = await helloWheel(root);
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  await script(join(root, 'bin', 'python3'), `[ "$2" = pip ] && exit 1\nexec ${python} "$@"`);
  await symlink('/usr/bin/env', join(root, 'bin', 'env'));
  const env = { ...offline(root), PATH: `${join(root, 'bin')}:/usr/bin:/bin` };
  const found = await provisionComponents([component], { cacheRoot: join(root, 'cache'), env });
  expect(found.get('sloth')?.origin).toBe('wheel');
  expect(await exists(join(root, 'cache', 'python', 'bin', 'python'))).toBe(true);
});

it('gives a PostgreSQL that answers, as the lab gets it', async () => {
  const postgres = (await provision(['postgres'])).get('postgres');
  for (const executable of [
    'initdb',
    'postgres',
    'psql',
    'pg_basebackup',
    'pg_rewind',
    'pg_controldata',
    'pgbench',
  ]) {
    expect(execFileSync(postgres?.bin(executable) ?? '', ['--version'], { encoding: 'utf8' })).toContain(
      'PostgreSQL) 18.',
    );
  }
});
