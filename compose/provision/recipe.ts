import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Component, GoSource, Source } from './component.ts';
import { goFlags } from './go-flags.ts';
import { pythonVersion } from './python.ts';

/** Paths in the table are relative to this package, so that a checkout may lie anywhere. */
export function inPackage(path: string): string {
  return resolve(import.meta.dirname, path);
}

function goIngredients(source: GoSource): unknown {
  const folder = inPackage(source.module);
  const names = readdirSync(folder)
    .filter((name) => /^go\.(mod|sum)$|\.go$/.test(name))
    .sort();
  const files = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  return { files, packages: source.packages, flags: goFlags(source) };
}

function ingredients(source: Source): unknown {
  switch (source.kind) {
    case 'go':
      return goIngredients(source);
    case 'wheel':
      return { lock: readFileSync(inPackage(source.lock), 'utf8'), home: source.home };
    case 'python':
      return {
        lock: readFileSync(inPackage(source.lock), 'utf8'),
        tools: readFileSync(inPackage(source.fromSource.tools), 'utf8'),
        modules: source.modules,
        // Some of the packages are compiled for one version of Python.
        python: pythonVersion(),
      };
    case 'deb':
      return { packages: source.packages, files: source.files };
  }
}

/** 12 hex digits over all that decides what comes out of a build: same key, same component, on every checkout. */
export function recipeKey(component: Component, platformTag: string): string {
  const recipe = {
    kind: component.source.kind,
    version: component.version,
    platform: platformTag,
    ingredients: ingredients(component.source),
  };
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
