import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { experiments } from '../experiments/index.ts';
import { prepareRun } from './prepare-run.ts';
import { nativeOnly, runtimeFor } from './runtime-for.ts';

const planOf = async (experiment: string, level?: number) =>
  (await prepareRun({ experiment, level, variant: undefined, seed: 1, clock: 'drill' }, '/')).plan;
const whyNot = async (experiment: string, level?: number) => nativeOnly(await planOf(experiment, level));

it.each([1, 4])('a partition at level %i may be done in containers', async (level) => {
  expect(await whyNot('partition-primary', level)).toBe(undefined);
});

it('what needs a file, a disk or a place on this machine may not', async () => {
  expect(await whyNot('bad-release')).toBe('release');
  const refused = await Promise.all(experiments.map(({ name }) => whyNot(name)));
  expect(refused.filter((why) => why !== undefined).length).toBeLessThan(experiments.length / 2);
});

it('auto takes containers for what may, and this machine for what may not; a word for containers is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-runtime-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const says = `#!/bin/bash
case "$1" in
  version) echo '{"Server":{"Version":"28.0.0"}}' ;;
  compose) echo 2.24.0 ;;
  context) echo unix:///nowhere/docker.sock ;;
esac
`;
  writeFileSync(join(folder, 'docker'), says);
  chmodSync(join(folder, 'docker'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  vi.stubEnv('DOCKER_HOST', undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const [partition, release] = await Promise.all([planOf('partition-primary', 1), planOf('bad-release')]);
  expect(await runtimeFor(partition, 'auto')).toBe('docker');
  expect(await runtimeFor(release, 'auto')).toBe('native');
  await expect(runtimeFor(release, 'docker')).rejects.toMatchObject({ code: 'fault-refused' });
});
