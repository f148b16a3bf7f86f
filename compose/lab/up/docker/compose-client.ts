import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import { addressRange } from '../../render/compose/network-plan.ts';
import { variableOf } from '../../render/compose/secrets.ts';
import type { LabState } from '../../state.ts';

/** Longer than the whole of a level takes to be made on a slow disk; an engine that hangs would hold the start up for ever. */
const withinMs = 180_000;

export const labComposeFile = (home: string): string => join(home, 'compose.yaml');

/**
 * `docker compose …` of one lab. Its secrets go by the environment, which Compose believes before any file; as a process of the lab
 * it is ended before what it makes is removed.
 * @throws {FiredrillError} `node-unhealthy` with its last words.
 */
export async function runCompose(
  { labId, home, secrets }: Pick<LabState, 'labId' | 'home' | 'secrets'>,
  { project, range }: NonNullable<LabState['docker']>,
  words: readonly string[],
): Promise<void> {
  const variables = Object.entries(secrets).map(([name, value]) => [variableOf(name), value] as const);
  const env = {
    ...process.env,
    ...Object.fromEntries(variables),
    [addressRange.variable]: range,
    FIREDRILL_LAB: labId,
  };
  const place = ['--project-name', project, '--project-directory', home, '--file', labComposeFile(home)];
  const began = performance.now();
  const output = await $({
    env,
    nothrow: true,
    quiet: true,
    timeout: withinMs,
    timeoutSignal: 'SIGKILL',
  })`docker compose ${place} --progress plain ${words}`;
  if (output.exitCode === 0) return;
  // Whoever ends the lab ends this client, too.
  if (performance.now() - began >= withinMs) {
    throw new FiredrillError(
      'node-unhealthy',
      `docker compose ${words[0]} was not done in ${withinMs / 1000} s`,
      {
        fix: 'see whether `docker info` answers',
      },
    );
  }
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-3).join(' | ');
  throw new FiredrillError('node-unhealthy', `docker compose ${words[0]} failed: ${said}`);
}
