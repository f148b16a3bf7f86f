import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Env } from './cache-layout.ts';
import { runCommand } from './command.ts';
import type { Component } from './component.ts';
import type { ProbeMemory } from './probe-memory.ts';
import { fits, versionIn } from './version-fit.ts';

export interface PathFinding {
  /** executable → absolute path. */
  readonly files: ReadonlyMap<string, string>;
  readonly version: string;
  readonly fits: boolean;
}

async function onPath(name: string, env: Env): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!folder.startsWith('/')) continue;
    const file = join(folder, name);
    const executable = await access(file, constants.X_OK).then(
      async () => (await stat(file)).isFile(),
      () => false,
    );
    if (executable) return file;
  }
  return undefined;
}

async function askVersion(file: string, args: readonly string[], env: Env): Promise<string | undefined> {
  const result = await runCommand(file, args, {
    cwd: dirname(file),
    env,
    signal: AbortSignal.timeout(10_000),
  });
  return result.ok ? versionIn(result.tail.join('\n')) : undefined;
}

/** What PATH offers for a component: all its executables, and the version that the first of them answers. */
export async function probePath(
  component: Component,
  env: Env,
  memory: ProbeMemory,
): Promise<PathFinding | undefined> {
  const files = new Map<string, string>();
  for (const executable of component.executables) {
    const file = await onPath(component.path.alias?.[executable] ?? executable, env);
    if (file === undefined) return undefined;
    files.set(executable, file);
  }
  const first = files.get(component.executables[0] ?? '');
  if (first === undefined) return undefined;
  const version = await memory.recall(first, () => askVersion(first, component.path.versionArgs, env));
  return version === undefined ? undefined : { files, version, fits: fits(version, component.path) };
}
