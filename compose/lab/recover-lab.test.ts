import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { labHome, labIdOf } from './control/lab-home.ts';
import { recoverLab } from './recover-lab.ts';
import { engineStandIn, holding } from './testing/engine-stand-in.ts';

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

describe('of a lab in containers whose folder is gone', () => {
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'firedrill-gone-'));
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });
  });

  test('the containers and networks of its project are taken down, and nobody else’s', async () => {
    const ours = { containers: new Set(['c1']), networks: new Set(['n1']) };
    const others = { containers: new Set(['c2']), networks: new Set(['n2']) };
    const own = JSON.stringify({ label: [`com.docker.compose.project=firedrill-${labIdOf(level)}`] });
    const { socket } = await engineStandIn((question, filters) =>
      holding(question.startsWith('DELETE') || filters === own ? ours : others)(question),
    );
    vi.stubEnv('DOCKER_HOST', `unix://${socket}`);
    expect(await recoverLab(level)).toBe(true);
    expect(ours).toEqual({ containers: new Set(), networks: new Set() });
    expect(await recoverLab(level)).toBe(false);
  });

  test.each([
    ['refuses', () => ({ status: 403 })],
    ['hangs', () => 'hang' as const],
  ])('there is nothing where its engine %s', async (_how, answer) => {
    const { socket, asked } = await engineStandIn(answer);
    vi.stubEnv('DOCKER_HOST', `unix://${socket}`);
    const began = performance.now();
    expect(await recoverLab(level)).toBe(false);
    expect(asked).not.toEqual([]);
    // What an engine may take to do what it is told is ten seconds.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('and where there is no engine, or one elsewhere', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
    expect(await recoverLab(level)).toBe(false);
    vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
    expect(await recoverLab(level)).toBe(false);
  });
});
