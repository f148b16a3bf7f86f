import { join } from 'node:path';
import { addressRange } from '../../render/compose/network-plan.ts';
import { variableOf } from '../../render/compose/secrets.ts';
import type { LabState } from '../../state.ts';
import { runDocker } from './run-docker.ts';

export const labComposeFile = (home: string): string => join(home, 'compose.yaml');

/**
 * `docker compose …` of one lab. Its secrets go by the environment, which Compose believes before any file.
 * @throws {FiredrillError} `node-unhealthy` with its last words.
 */
export async function runCompose(
  { labId, home, secrets }: Pick<LabState, 'labId' | 'home' | 'secrets'>,
  { project, range }: NonNullable<LabState['docker']>,
  words: readonly string[],
): Promise<void> {
  const variables = Object.entries(secrets).map(([name, value]) => [variableOf(name), value] as const);
  const place = ['--project-name', project, '--project-directory', home, '--file', labComposeFile(home)];
  const env = { ...Object.fromEntries(variables), [addressRange.variable]: range };
  await runDocker(
    `docker compose ${words[0]}`,
    labId,
    ['compose', ...place, '--progress', 'plain', ...words],
    env,
  );
}
