import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootId, guardianPaths, processEntry } from '@firedrill/lab/control';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runUnderWay } from './run-under-way.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-under-way-'));
  mkdirSync(guardianPaths(home).folder);
});
afterEach(() => rmSync(home, { recursive: true }));

it('a run is under way while its runner lives, and no longer', async () => {
  expect(runUnderWay(home)).toBeUndefined();
  const runner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  await once(runner, 'spawn');
  const { pid, startTime } = processEntry(runner.pid!)!;
  const own = (boot: string) => {
    const identity = { pid, startTime };
    const owner = { run: 'a-run', ownsLab: true, bootId: boot, runner: identity, guardian: identity };
    writeFileSync(guardianPaths(home).owner, JSON.stringify(owner));
  };
  own(bootId());
  expect(runUnderWay(home)).toBe('a-run');
  own('another');
  expect(runUnderWay(home)).toBeUndefined();
  own(bootId());
  runner.kill('SIGKILL');
  await once(runner, 'exit');
  // What it left says nothing any more.
  expect(runUnderWay(home)).toBeUndefined();
});
