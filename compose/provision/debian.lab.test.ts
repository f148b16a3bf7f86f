import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { provisionComponents } from './provision.ts';
import { fakeComponent, sandbox, script } from './test-fixture.ts';

const hasApt = (() => {
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A Debian repository in a folder with one package, and an apt configuration that knows only it. */
async function repository(root: string): Promise<{ APT_CONFIG: string }> {
  const tree = join(root, 'tree');
  await mkdir(join(tree, 'DEBIAN'), { recursive: true });
  const control =
    'Package: firedrill-hello\nVersion: 1.2.3\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: test\n';
  await writeFile(join(tree, 'DEBIAN', 'control'), control);
  await script(join(tree, 'usr', 'bin', 'hello'), 'echo "$LD_LIBRARY_PATH $$ $1"');
  await mkdir(join(tree, 'usr', 'lib', 'deep'), { recursive: true });
  await writeFile(join(tree, 'usr', 'lib', 'deep', 'libhello.so.1'), '');
  const deb = join(root, 'repo', 'hello.deb');
  await mkdir(join(root, 'repo'));
  execFileSync('dpkg-deb', ['--root-owner-group', '-b', tree, deb], { stdio: 'ignore' });
  const sha256 = createHash('sha256')
    .update(await readFile(deb))
    .digest('hex');
  const { size } = await stat(deb);
  await writeFile(
    join(root, 'repo', 'Packages'),
    `${control}Filename: ./hello.deb\nSize: ${size}\nSHA256: ${sha256}\n`,
  );
  await writeFile(join(root, 'sources.list'), `deb [trusted=yes] file:${root}/repo ./\n`);
  const config = join(root, 'apt.conf');
  await writeFile(
    config,
    `Dir::Etc::SourceList "${root}/sources.list";\nDir::Etc::SourceParts "/dev/null";\n`,
  );
  return { APT_CONFIG: config };
}

const component = fakeComponent({
  kind: 'deb',
  packages: ['firedrill-hello'],
  files: { hello: 'usr/bin/hello' },
});

it.runIf(hasApt)(
  'unpacks an archive without installing it, and runs it with its libraries under its own pid',
  async () => {
    const root = await sandbox();
    const env = { ...process.env, ...(await repository(root)) };
    const found = (await provisionComponents([component], { cacheRoot: join(root, 'cache'), env })).get(
      'sloth',
    );
    expect(found?.origin).toBe('deb');
    const answer = execFileSync('/bin/sh', ['-c', 'echo $$; exec "$0" argument', found?.bin('hello') ?? ''], {
      encoding: 'utf8',
    });
    const [pid, line] = answer.trim().split('\n');
    expect(line).toBe(`${found?.home}/files/usr/lib/deep ${pid} argument`);
    expect(execFileSync('dpkg-query', ['-W'], { encoding: 'utf8' })).not.toContain('firedrill-hello');
  },
);

it.runIf(hasApt)('names the archive that is not to be had', async () => {
  const root = await sandbox();
  const env = { ...process.env, ...(await repository(root)) };
  const none = {
    ...component,
    source: { ...component.source, packages: ['firedrill-none'] },
  } as typeof component;
  await expect(provisionComponents([none], { cacheRoot: join(root, 'cache'), env })).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringMatching(/apt-get download failed: .*firedrill-none/),
  });
});
