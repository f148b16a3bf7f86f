import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Component } from './component.ts';
import { provision, provisionComponents } from './provision.ts';
import { fakeComponent, sandbox } from './test-fixture.ts';

/** One package that is there as source only, and the tool that makes a wheel of it, which leaves its mark in it. */
const packages = `
import io, tarfile, zipfile
def wheel(path, name, files):
    with zipfile.ZipFile(path, 'w') as z:
        for file, text in files.items(): z.writestr(file, text)
        d = f'{name}-1.2.3.dist-info/'
        z.writestr(d + 'METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.2.3\\n')
        z.writestr(d + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        z.writestr(d + 'RECORD', '')
tool = '''
import zipfile
def build_wheel(folder, settings=None, metadata=None):
    name = 'hello_source-1.2.3-py3-none-any.whl'
    with zipfile.ZipFile(folder + '/' + name, 'w') as z:
        z.writestr('hello_source.py', 'import sys; print("made by the pinned tool,", *sys.argv[1:])')
        d = 'hello_source-1.2.3.dist-info/'
        z.writestr(d + 'METADATA', 'Metadata-Version: 2.1\\\\nName: hello-source\\\\nVersion: 1.2.3\\\\n')
        z.writestr(d + 'WHEEL', 'Wheel-Version: 1.0\\\\nGenerator: test\\\\nRoot-Is-Purelib: true\\\\nTag: py3-none-any\\\\n')
        z.writestr(d + 'RECORD', '')
    return name
'''
wheel('hello_tool-1.2.3-py3-none-any.whl', 'hello_tool', {'hello_tool.py': tool})
with tarfile.open('hello_source-1.2.3.tar.gz', 'w:gz') as t:
    for file, text in {
        'pyproject.toml': '[build-system]\\nrequires = ["hello-tool"]\\nbuild-backend = "hello_tool"\\n',
        'PKG-INFO': 'Metadata-Version: 2.1\\nName: hello-source\\nVersion: 1.2.3\\n',
    }.items():
        info = tarfile.TarInfo('hello_source-1.2.3/' + file); info.size = len(text)
        t.addfile(info, io.BytesIO(text.encode()))
`;

async function helloPackages(root: string, hash?: string): Promise<Component> {
  execFileSync('python3', ['-c', packages], { cwd: root });
  const lockOf = async (lock: string, name: string, file: string, wrong?: string) => {
    const own = createHash('sha256')
      .update(await readFile(join(root, file)))
      .digest('hex');
    await writeFile(join(root, lock), `${name}==1.2.3 --hash=sha256:${wrong ?? own}\n`);
    return join(root, lock);
  };
  return fakeComponent({
    kind: 'python',
    lock: await lockOf('lock.txt', 'hello-source', 'hello_source-1.2.3.tar.gz', hash),
    fromSource: {
      packages: ['hello-source'],
      tools: await lockOf('tools.txt', 'hello-tool', 'hello_tool-1.2.3-py3-none-any.whl'),
    },
    modules: { hello: 'hello_source' },
  });
}

const offline = (root: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PIP_NO_INDEX: '1',
  PIP_FIND_LINKS: root,
});

it('makes a program of packages, from source by pinned tools, that runs wherever it lies', async () => {
  const root = await sandbox();
  const component = await helloPackages(root);
  const found = (
    await provisionComponents([component], { cacheRoot: join(root, 'cache'), env: offline(root) })
  ).get('sloth');
  expect(found).toMatchObject({ origin: 'python', version: '1.2.3' });
  const home = join(root, 'moved');
  await rename(found?.home ?? '', home);
  expect(execFileSync(join(home, 'bin', 'hello'), ['you'], { encoding: 'utf8' })).toBe(
    'made by the pinned tool, you\n',
  );
});

it('refuses a package of another hash', async () => {
  const root = await sandbox();
  const component = await helloPackages(root, '0'.repeat(64));
  await expect(
    provisionComponents([component], { cacheRoot: join(root, 'cache'), env: offline(root) }),
  ).rejects.toMatchObject({
    code: 'component-unavailable',
    message: expect.stringMatching(/pip failed: .*hash/i),
  });
});

it('gives a Patroni and an etcd that start, as the lab gets them', async () => {
  const found = await provision(['patroni', 'etcd']);
  const version = (component: 'patroni' | 'etcd') =>
    execFileSync(found.get(component)?.bin(component) ?? '', ['--version'], { encoding: 'utf8' });
  expect(version('patroni')).toMatch(/ 4\.1\.\d/);
  expect(version('etcd')).toMatch(/^etcd Version: 3\.6\./);
});
