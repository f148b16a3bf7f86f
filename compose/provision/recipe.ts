import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Component, GoSource, Source, WheelSource } from './component.ts';
import { goFlags } from './go-flags.ts';

/** Paths in the table are relative to this package, so that a checkout may lie anywhere. */
export function inPackage(path: string): string {
  return resolve(import.meta.dirname, path);
}

async function goIngredients(source: GoSource): Promise<unknown> {
  const folder = inPackage(source.module);
  const names = (await readdir(folder)).filter((name) => /^go\.(mod|sum)$|\.go$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  );
  return { files, packages: source.packages, flags: goFlags(source) };
}

async function wheelIngredients(source: WheelSource): Promise<unknown> {
  return { lock: await readFile(inPackage(source.lock), 'utf8'), home: source.home };
}

function ingredients(source: Source): Promise<unknown> | unknown {
  switch (source.kind) {
    case 'go':
      return goIngredients(source);
    case 'wheel':
      return wheelIngredients(source);
    case 'deb':
      return { packages: source.packages, files: source.files };
  }
}

/** 12 hex digits over all that decides what comes out of a build: same key, same component, on every checkout. */
export async function recipeKey(component: Component, platformTag: string): Promise<string> {
  const recipe = {
    kind: component.source.kind,
    version: component.version,
    platform: platformTag,
    ingredients: await ingredients(component.source),
  };
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
