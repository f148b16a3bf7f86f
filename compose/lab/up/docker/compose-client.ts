import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { $ } from 'zx';
import { addressRange } from '../../render/compose/network-plan.ts';
import { variableOf } from '../../render/compose/secrets.ts';
import type { LabState } from '../../state.ts';

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
  const output = await $({
    env,
    nothrow: true,
    quiet: true,
  })`docker compose ${place} --progress plain ${words}`;
  if (output.exitCode === 0) return;
  const said = `${output.stdout}\n${output.stderr}`.trim().split('\n').slice(-3).join(' | ');
  throw new FiredrillError('node-unhealthy', `docker compose ${words[0]} failed: ${said}`);
}
