import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { labHome, labIdOf } from './control/lab-home.ts';
import { recoverLab } from './recover-lab.ts';

/** No lab that somebody runs is of this level. */
const level = 99;

test('a command with another TMPDIR leaves a lab alone, and the one with its own takes it down', async () => {
  const folders = ['one', 'other'].map((name) => mkdtempSync(join(tmpdir(), `firedrill-${name}-`)));
  const [one = '', other = ''] = folders;
  onTestFinished(() => {
    vi.unstubAllEnvs();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  vi.stubEnv('TMPDIR', one);
  const home = labHome(level);
  mkdirSync(home, { recursive: true });
  const node = spawn('sleep', ['600'], { env: { ...process.env, FIREDRILL_LAB: labIdOf(level) } });
  onTestFinished(() => void node.kill('SIGKILL'));
  await once(node, 'spawn');

  vi.stubEnv('TMPDIR', other);
  expect(await recoverLab(level)).toBe(false);
  expect(node.exitCode ?? node.signalCode).toBeNull();
  expect(existsSync(home)).toBe(true);

  vi.stubEnv('TMPDIR', one);
  const ended = once(node, 'exit');
  expect(await recoverLab(level)).toBe(true);
  await ended;
  expect(existsSync(home)).toBe(false);
});
