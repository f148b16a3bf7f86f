import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processesOfLab, processesOfNode } from './lab-processes.ts';

const labId = `processes-${process.pid}`;
let home: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'firedrill-processes-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(home, { recursive: true });
});

async function standingIn(folder: string, env: NodeJS.ProcessEnv = {}): Promise<number> {
  mkdirSync(join(home, folder), { recursive: true });
  const child = spawn('sleep', ['60'], { cwd: join(home, folder), env: { PATH: process.env.PATH, ...env } });
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}
const found = (entries: readonly { readonly pid: number }[]) => entries.map(({ pid }) => pid).toSorted();

it("finds PostgreSQL by its data folder and the rest by FIREDRILL_LAB, and never a user's shell", async () => {
  const shells = [await standingIn('.'), await standingIn('logs'), await standingIn('pg-1/log')];
  const postgres = await standingIn('pg-1/data');
  const backend = await standingIn('pg-1/data/base');
  const other = await standingIn('pg-2/data');
  const api = await standingIn('api-1', { FIREDRILL_LAB: labId, FIREDRILL_NODE: 'api-1' });

  const lab = { labId, home };
  expect(found(processesOfLab(lab))).toEqual([postgres, backend, other, api].toSorted());
  expect(found(processesOfNode(lab, 'pg-1'))).toEqual([postgres, backend].toSorted());
  expect(found(processesOfNode(lab, 'api-1'))).toEqual([api]);
  expect(shells).toHaveLength(3);
});
