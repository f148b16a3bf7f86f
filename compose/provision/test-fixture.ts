import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Component, GoSource } from './component.ts';
import type { Place } from './place.ts';
import { openProbeMemory } from './probe-memory.ts';

/** A folder of its own for one test. */
export async function sandbox(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-provision-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An executable shell script. */
export async function script(file: string, body: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
}

/** A place with nothing on PATH unless said. */
export async function emptyPlace(root: string, env: Place['env'] = {}): Promise<Place> {
  return { root, env, platform: { tag: 'linux-x64', native: 'full' }, memory: await openProbeMemory(root) };
}

/** A component under a name of the table, with a source of the test's own. */
export function fakeComponent(source: Component['source'], more: Partial<Component> = {}): Component {
  return {
    name: 'sloth',
    purpose: 'stands in for a component',
    version: '1.2.3',
    image: 'fake:1.2.3',
    executables: ['hello'],
    path: { versionArgs: ['--version'], atLeast: '1.2.0', below: '2' },
    source,
    estimate: { seconds: 5, megabytes: 3, buildMegabytes: 60 },
    byHand: 'install hello 1.2 by hand',
    ...more,
  };
}

/** A Go module without dependencies whose program prints a line. */
export async function helloModule(folder: string, code = 'println("hello")'): Promise<GoSource> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'go.mod'), 'module firedrill.local/hello\n\ngo 1.21\n');
  await writeFile(join(folder, 'main.go'), `package main\n\nfunc main() { ${code} }\n`);
  return { kind: 'go', module: folder, packages: { hello: '.' }, tags: '', ldflags: '' };
}
