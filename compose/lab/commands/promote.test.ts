import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { labHome, labIdOf } from '../control/lab-home.ts';
import { writeLabState } from '../control/lab-state-file.ts';
import { bootId } from '../control/process-table.ts';
import { engineStandIn } from '../testing/engine-stand-in.ts';
import { plainState } from '../testing/plain-context.ts';
import { promoteCommand } from './promote.ts';

it.each([3, 4])('at level %i a lab in containers is refused before anything is done', async (level) => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-promote-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const State = { Status: 'running', Running: true, Paused: false, ExitCode: 0 };
  const { socket, asked } = await engineStandIn(() => ({ body: { Id: 'one', State } }));
  const home = labHome(level);
  mkdirSync(home, { recursive: true });
  const docker = { socket, project: 'firedrill-test', range: '10.214', containers: { toxiproxy: 'one' } };
  writeLabState({
    ...plainState(level),
    ...{ labId: labIdOf(level), home, bootId: bootId(), runtime: 'docker', docker },
  });
  await expect(promoteCommand('pg-2', { level, force: true })).rejects.toMatchObject({
    code: 'lever-refused',
    exitCode: 64,
    message: 'an operator’s levers do not reach a lab in containers',
    fix: 'take --runtime native',
  });
  expect(readdirSync(home)).toEqual(['lab.json']);
  expect(new Set(asked)).toEqual(new Set(['GET /version', 'GET /containers/one/json']));
});
