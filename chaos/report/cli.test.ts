import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureRun, writeFixtureRun } from './testing/fixture-run.ts';

let runs: string;

beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'firedrill-runs-'));
  await writeFixtureRun(join(runs, 'first'), fixtureRun());
  await writeFixtureRun(join(runs, 'second'), fixtureRun({ seed: 8 }));
});

afterAll(() => rm(runs, { recursive: true, force: true }));

function report(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const door = fileURLToPath(new URL('../../bin/report.mjs', import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [door, ...words], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('pnpm report', () => {
  it('makes the report again and says where it is', async () => {
    const { code, stdout } = await report('first', '--runs', runs);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pass {2}.*first\/report\.html\n$/);
  });

  it('prints verdict.json and nothing else with --json, also for a path', async () => {
    const { code, stdout, stderr } = await report(join(runs, 'second'), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(await readFile(join(runs, 'second', 'verdict.json'), 'utf8'));
  });

  it.each([
    [
      'an unknown run',
      ['third'],
      /^firedrill: there is no run third .*: use one of (first, second|second, first) \[run-not-found\]\n$/,
    ],
    ['an unknown flag', ['first', '--jason'], /^firedrill: unknown option '--jason'.*\[usage\]\n$/],
    ['a second run', ['first', 'second'], /^firedrill: .*\[usage\]\n$/],
  ])('refuses %s in one line, exit 64', async (_what, words, line) => {
    const { code, stdout, stderr } = await report(...words, '--runs', runs);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(line);
  });
});
