import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = import.meta.dirname;

/** Runs a file of bin/ on this Node, which says that it is another version. */
function runAs(version: string, file: string, ...args: readonly string[]) {
  const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(claim)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, join(folder, file), ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('a command on a Node that is too old', () => {
  it.each(['18.20.4', '20.20.2', '23.11.1'])('says so in one line and exits with 69 on %s', (version) => {
    const { status, stdout, stderr } = runAs(version, 'lab.mjs', '--help');
    expect(status).toBe(69);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^firedrill: Node ${version} is too old: Node 24 .*\\n$`));
  });

  it.each(['24.0.0', '25.1.0'])('runs on %s', (version) => {
    const { status, stdout, stderr } = runAs(version, 'lab.mjs', '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Usage: pnpm lab');
  });

  const commands = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'node-version.mjs');
  it.each(commands)('is found out by %s before it loads anything else', (name) => {
    const loads = readFileSync(join(folder, name), 'utf8').match(/^.*\bimport\b.*$/gm) ?? [];
    expect(loads[0]).toBe("import './node-version.mjs';");
    expect(loads.slice(1).filter((line) => !line.includes('await import('))).toEqual([]);
  });
});
