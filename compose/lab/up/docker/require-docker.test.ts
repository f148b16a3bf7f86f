import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { requireDocker, runtimeHere } from './require-docker.ts';

const lab = join(import.meta.dirname, '../../../../bin/lab.mjs');

/** A folder for PATH, in which `docker` is this script, or is not at all. */
function machineWith(script: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-docker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync('/bin/bash', join(folder, 'bash'));
  if (script !== undefined) {
    writeFileSync(join(folder, 'docker'), `#!/bin/bash\n${script}\n`);
    chmodSync(join(folder, 'docker'), 0o755);
  }
  return folder;
}

/** As {@link machineWith}, for this process. */
function hereWith(script: string | undefined): void {
  vi.stubEnv('PATH', machineWith(script));
  vi.stubEnv('DOCKER_HOST', undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function upWith(script: string | undefined) {
  const folder = machineWith(script);
  const env = { HOME: process.env.HOME, TMPDIR: folder, PATH: folder };
  return spawnSync(process.execPath, [lab, 'up', '--runtime', 'docker'], { encoding: 'utf8', env });
}

/** Debian 12's own client knows no other way to JSON than this. */
const answering = (compose: string, server = '28.0.0') => `
case "$1 $2" in
  'version --format') if [ "$3" = '{{json .}}' ]; then echo '{"Server":{"Version":"${server}"}}'; else echo "$3"; fi ;;
  'compose version') ${compose} ;;
  'context inspect') echo unix:///nowhere/docker.sock ;;
esac`;

it.for([
  ['no Docker', undefined, 'there is no `docker` on PATH'],
  ['no daemon', 'echo "Cannot connect to the Docker daemon" >&2; exit 1', 'no Docker daemon answers'],
  [
    'an engine that is not for this user',
    'echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1',
    'this user may not ask the Docker engine',
  ],
  ['no Compose', answering('exit 1'), 'this Docker has no Compose'],
  ['an old Compose', answering('echo 2.10.2'), 'Docker Compose 2.10.2 is too old'],
  [
    'an old engine',
    answering('echo 2.24.0', '20.10.24'),
    'the engine 20.10.24 is too old for Docker Compose',
  ],
] as const)('%s is said in one line, with exit code 69, and leaves nothing', ([, script, message]) => {
  const { status, stderr, stdout } = upWith(script);
  expect(stderr).toMatch(/^firedrill: [^\n]* \[component-unavailable\]\n$/);
  expect(stderr).toContain(message);
  expect(stderr).toContain(' (--runtime docker): ');
  expect(stdout).toBe('');
  expect(status).toBe(69);
});

it('auto is native where no lab can run in Docker, and Docker as soon as one can', async () => {
  const here = (script: string | undefined) => {
    hereWith(script);
    return runtimeHere();
  };
  expect(await here(undefined)).toBe('native');
  expect(await here(answering('echo 2.10.2'))).toBe('native');
  expect(await here(answering('echo 2.24.0'))).toBe('docker');
});

const hangs = 'exec /bin/sleep 600';

it.each([
  ['version', hangs],
  ['compose version', answering(hangs)],
  ['context inspect', answering('echo 2.24.0').replace('echo unix:///nowhere/docker.sock', hangs)],
])('an engine at which `docker %s` hangs is none that answers', async (_question, script) => {
  hereWith(script);
  await expect(requireDocker(500)).rejects.toMatchObject({
    code: 'component-unavailable',
    exitCode: 69,
    message: 'no Docker daemon answers',
  });
  expect(await runtimeHere(500)).toBe('native');
});

it('an empty DOCKER_HOST is none, as it is for `docker`', async () => {
  hereWith(answering('echo 2.24.0'));
  vi.stubEnv('DOCKER_HOST', '');
  expect(await requireDocker()).toBe('/nowhere/docker.sock');
  vi.stubEnv('DOCKER_HOST', 'unix:///elsewhere/docker.sock');
  expect(await requireDocker()).toBe('/elsewhere/docker.sock');
});
