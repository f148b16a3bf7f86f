import { accessSync, constants, statSync } from 'node:fs';
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

/** Synchronous: some hundred of these at every start are ten times faster than through promises. */
function onPath(name: string, env: Env): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
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
    const file = onPath(component.path.alias?.[executable] ?? executable, env);
    if (file === undefined) return undefined;
    files.set(executable, file);
  }
  const first = files.get(component.executables[0] ?? '');
  if (first === undefined) return undefined;
  const version = await memory.recall(first, () => askVersion(first, component.path.versionArgs, env));
  return version === undefined ? undefined : { files, version, fits: fits(version, component.path) };
}
