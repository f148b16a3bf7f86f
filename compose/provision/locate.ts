import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { componentFolder } from './cache-layout.ts';
import type { Component } from './component.ts';
import { exists } from './exists.ts';
import { type Origin, type ProvisionedComponent, provisioned } from './located.ts';
import { probePath } from './path-probe.ts';
import type { Place } from './place.ts';
import { recipeKey } from './recipe.ts';

/** In a component's folder: how it came to be. */
export const originFile = 'origin.json';
const originSchema = z.object({ origin: z.enum(['wheel', 'python', 'go', 'deb', 'bundle']) });

/** The folder in the cache where this recipe's result is, or will be. */
export function cacheFolder(component: Component, place: Place): string {
  return join(place.root, componentFolder(component, recipeKey(component, place.platform.tag)));
}

/** Where the executables lie in a component's folder. */
export function homeIn(folder: string, component: Component): string {
  return component.source.kind === 'wheel' ? join(folder, component.source.home) : folder;
}

async function fromPath(component: Component, place: Place): Promise<ProvisionedComponent | undefined> {
  const finding = await probePath(component, place.env, place.memory);
  const first = finding?.files.get(component.executables[0] ?? '');
  if (!finding?.fits || first === undefined) return undefined;
  const home = component.name === 'postgres' ? dirname(dirname(first)) : dirname(first);
  return provisioned(component, { version: finding.version, origin: 'path', home }, finding.files);
}

async function recordedOrigin(folder: string, component: Component): Promise<Origin> {
  const text = await readFile(join(folder, originFile), 'utf8').catch(() => '{}');
  return originSchema.safeParse(JSON.parse(text)).data?.origin ?? component.source.kind;
}

async function fromCache(component: Component, place: Place): Promise<ProvisionedComponent | undefined> {
  const folder = cacheFolder(component, place);
  const home = homeIn(folder, component);
  const files = new Map(component.executables.map((name) => [name, join(home, 'bin', name)]));
  const there = await Promise.all([...files.values()].map(exists));
  if (there.includes(false)) return undefined;
  return provisioned(
    component,
    { version: component.version, origin: await recordedOrigin(folder, component), home },
    files,
  );
}

/** The component, where it is on PATH in a version that fits, else in the cache, else undefined. Starts nothing that it remembers. */
export async function locate(component: Component, place: Place): Promise<ProvisionedComponent | undefined> {
  return (await fromPath(component, place)) ?? (await fromCache(component, place));
}
