import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levels } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { secretNames, variableOf } from './secrets.ts';

const compose = join(import.meta.dirname, '../../..');
const secrets = Object.fromEntries(secretNames.map((name) => [variableOf(name), `secret of ${name}`]));
const client = spawnSync('docker', ['compose', 'version', '--short']);

const config = (folder: string, env: NodeJS.ProcessEnv) =>
  execFileSync(
    'docker',
    ['compose', '--profile', '*', '--project-directory', folder, 'config', '--format', 'json'],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: 'pipe',
    },
  );

/** What the specification's schema cannot say (references, interpolation, types after it) the client itself does. */
it.for(levels.map(({ number }) => number))('docker compose config takes level %i', (level, { skip }) => {
  if (client.status !== 0) skip('`docker compose` is not on this machine');
  const folder = join(compose, `level-${level}`);
  const { services, configs } = JSON.parse(config(folder, secrets));
  const written = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
  expect(Object.keys(services).toSorted()).toEqual(Object.keys(written.services).toSorted());
  // A `$` of a file's own is still one, and the secret is where it belongs.
  expect(configs['pg-1.password'].content).toBe('secret of postgresPassword\n');
  expect(() => config(folder, { ...secrets, POSTGRES_PASSWORD: undefined })).toThrow(/POSTGRES_PASSWORD/);
});
