import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { guardianPaths } from './guardian-files.ts';
import { bootId, processEntry } from './process-table.ts';
import { isSealed } from './sealed.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'firedrill-sealed-'));
  mkdirSync(guardianPaths(home).folder);
});
afterEach(() => rmSync(home, { recursive: true }));

const self = processEntry(process.pid)!;
const own = (change: object): void =>
  writeFileSync(
    guardianPaths(home).owner,
    JSON.stringify({ run: 'r', ownsLab: true, bootId: bootId(), runner: self, guardian: self, ...change }),
  );

it('a lab is sealed while the drill that holds it lives, and no longer', () => {
  expect(isSealed(home)).toBe(false);
  own({ sealed: true });
  expect(isSealed(home)).toBe(true);
  own({});
  expect(isSealed(home)).toBe(false);
  own({ sealed: true, runner: { pid: process.pid, startTime: '0' } });
  expect(isSealed(home)).toBe(false);
  own({ sealed: true, bootId: 'another' });
  expect(isSealed(home)).toBe(false);
});
