import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ComponentName } from './component.ts';
import { componentByName, components } from './components.ts';
import { inPackage } from './recipe.ts';
import { fits } from './version-fit.ts';

describe.each(components.map((component) => [component.name, component] as const))('%s', (_, component) => {
  it('accepts its own pinned version on PATH and names it in its image', () => {
    expect(fits(component.version, component.path)).toBe(true);
    expect(component.image).toMatch(new RegExp(`:v?${component.version.replaceAll('.', '\\.')}`));
  });

  it('has every executable from its source', () => {
    const { source, executables } = component;
    if (source.kind === 'go') expect(Object.keys(source.packages)).toEqual(executables);
    if (source.kind === 'python') expect(Object.keys(source.modules)).toEqual(executables);
    if (source.kind === 'deb') expect(Object.keys(source.files)).toEqual(executables);
    expect(executables.length).toBeGreaterThan(0);
  });
});

const builds = components.flatMap(({ name, source }) =>
  source.kind === 'go' ? [[name, source] as const] : [],
);

it.each(builds)('%s: go.mod requires the module of every package, and go.sum is committed', (_, source) => {
  const mod = readFileSync(join(inPackage(source.module), 'go.mod'), 'utf8');
  for (const target of Object.values(source.packages)) if (target !== '.') expect(mod).toContain(`tool`);
  for (const target of Object.values(source.packages)) {
    if (target === '.') continue;
    const required = [...mod.matchAll(/^\s+(\S+) v\S+/gm)].map(([, path]) => path ?? '');
    expect(
      required.some((path) => target === path || target.startsWith(`${path}/`)),
      target,
    ).toBe(true);
  }
  expect(readdirSync(inPackage(source.module))).toContain('go.sum');
});

const wheels = components.flatMap(({ name, version, source }) =>
  source.kind === 'wheel' ? [[name, version, source] as const] : [],
);

it.each(wheels)(
  '%s: the lock holds a pinned version and a hash for each of two processors',
  (_, version, source) => {
    const lock = readFileSync(inPackage(source.lock), 'utf8');
    expect(lock).toContain(`==${version}`);
    expect(lock.match(/--hash=sha256:[0-9a-f]{64}/g)).toHaveLength(2);
  },
);

const packaged = components.flatMap(({ name, version, source }) =>
  source.kind === 'python' ? [[name, version, source] as const] : [],
);

it.each(packaged)('%s: every package is pinned, with its hashes', (name, version, source) => {
  const lock = readFileSync(inPackage(source.lock), 'utf8');
  const tools = readFileSync(inPackage(source.fromSource.tools), 'utf8');
  expect(lock).toContain(`${name}==${version} `);
  for (const built of source.fromSource.packages) expect(lock).toContain(`\n${built}==`);
  const requirements = `${lock}\n${tools}`
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(requirements.length).toBeGreaterThan(5);
  for (const requirement of requirements)
    expect(requirement).toMatch(/^[\w-]+==[\w.]+( +--hash=sha256:[0-9a-f]{64})+$/);
});

it('names what there is when a component is unknown', () => {
  expect(() => componentByName('mysql' as ComponentName)).toThrow(
    expect.objectContaining({ code: 'usage', fix: expect.stringContaining('postgres') }),
  );
});

it('carries no path of a machine and no registry in the committed recipes', () => {
  for (const folder of ['locks', 'modules']) {
    for (const name of readdirSync(inPackage(folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(mod|txt|yaml)$/.test(name)) continue;
      expect(readFileSync(join(inPackage(folder), name), 'utf8'), name).not.toMatch(
        /\/(root|home|tmp|Users)\/|https?:|pypi\.org|proxy\.golang/,
      );
    }
  }
});
