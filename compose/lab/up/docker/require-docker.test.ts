import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const lab = join(import.meta.dirname, '../../../../bin/lab.mjs');

/** `pnpm lab up --runtime docker` where `docker` is this script, or is not at all. */
function upWith(script: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-docker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync('/bin/bash', join(folder, 'bash'));
  if (script !== undefined) {
    writeFileSync(join(folder, 'docker'), `#!/bin/bash\n${script}\n`);
    chmodSync(join(folder, 'docker'), 0o755);
  }
  const env = { HOME: process.env.HOME, TMPDIR: folder, PATH: folder };
  return spawnSync(process.execPath, [lab, 'up', '--runtime', 'docker'], { encoding: 'utf8', env });
}

const answering = (compose: string) => `
case "$1 $2" in
  'version --format') echo '{"Server":{"Version":"28.0.0"}}' ;;
  'compose version') ${compose} ;;
  'context inspect') echo unix:///nowhere/docker.sock ;;
esac`;

it.for([
  ['no Docker', undefined, 'there is no `docker` on PATH'],
  ['no daemon', 'echo "Cannot connect to the Docker daemon" >&2; exit 1', 'no Docker daemon answers'],
  ['no Compose', answering('exit 1'), 'this Docker has no Compose'],
  ['an old Compose', answering('echo 2.10.2'), 'Docker Compose 2.10.2 is too old'],
] as const)('%s is said in one line, with exit code 69, and leaves nothing', ([, script, message]) => {
  const { status, stderr, stdout } = upWith(script);
  expect(stderr).toMatch(/^firedrill: [^\n]* \[component-unavailable\]\n$/);
  expect(stderr).toContain(`${message} (--runtime docker): `);
  expect(stdout).toBe('');
  expect(status).toBe(69);
});
