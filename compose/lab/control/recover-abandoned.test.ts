import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { guardianPaths, type Owner } from './guardian-files.ts';
import { labLockPath } from './lab-home.ts';
import { labLockHeld, takeLabLock } from './lab-lock.ts';
import { writeLabState } from './lab-state-file.ts';
import { bootId, processEntry } from './process-table.ts';
import { recoverAbandoned } from './recover-abandoned.ts';

const self = processEntry(process.pid) ?? { pid: 0, startTime: '' };
const gone = { ...self, startTime: '1' };

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-abandoned-'));
  home = join(folder, 'lab');
  mkdirSync(guardianPaths(home).folder, { recursive: true });
  writeFileSync(labLockPath(home), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A lab of which nothing runs: process-compose is as dead as the run. */
function leave(owner: Partial<Owner> = {}, boot = bootId()): void {
  const labId = `abandoned-${process.pid}`;
  writeLabState({ ...plainState(), home, labId, bootId: boot, processComposeSocket: join(home, 'pc.sock') });
  const whole = { run: 'r', ownsLab: false, bootId: bootId(), runner: gone, guardian: gone, ...owner };
  writeFileSync(guardianPaths(home).owner, JSON.stringify(whole));
}
const nothing = async () => {};

it('heals a kept lab, forgets the run and lets the lab go', async () => {
  leave();
  expect(await recoverAbandoned(home, nothing)).toEqual({ run: 'r', labStopped: false });
  expect(existsSync(guardianPaths(home).folder)).toBe(false);
  expect(labLockHeld(home)).toBe(false);
  expect(await recoverAbandoned(home, nothing)).toBeUndefined();
});

it('takes a kept lab down that cannot be healed, since process-compose is dead too', async () => {
  leave();
  expect(await recoverAbandoned(home)).toEqual({ run: 'r', labStopped: true });
  expect(existsSync(home)).toBe(false);
});

it("takes the run's own lab down without a heal", async () => {
  leave({ ownsLab: true });
  const heal = () => Promise.reject(new Error('not this'));
  expect(await recoverAbandoned(home, heal)).toEqual({ run: 'r', labStopped: true });
  expect(existsSync(home)).toBe(false);
});

it('takes what was left before a reboot down, whoever has its pids now', async () => {
  leave({ bootId: 'before', runner: self, guardian: self }, 'before');
  expect(await recoverAbandoned(home, nothing)).toEqual({ run: 'r', labStopped: true });
  expect(existsSync(home)).toBe(false);
});

it('leaves a lab alone whose runner lives, and one that somebody else holds', async () => {
  leave({ runner: self });
  expect(await recoverAbandoned(home)).toBeUndefined();
  leave();
  const release = await takeLabLock(home);
  expect(await recoverAbandoned(home)).toBeUndefined();
  await release?.();
  expect(existsSync(guardianPaths(home).owner)).toBe(true);
});
