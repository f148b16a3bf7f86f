import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { specFile } from '../catalogue.ts';
import { runSloth } from './sloth.ts';

afterEach(() => vi.unstubAllEnvs());

it('an image that docker cannot run is unavailable, and not a bad spec', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///no/such.sock');
  const origin = { kind: 'docker', image: 'ghcr.io/nobody/nothing:v0', user: '1:1' } as const;
  await expect(runSloth(origin, join(import.meta.dirname, '..', specFile(1)), 'drill')).rejects.toMatchObject(
    {
      code: 'component-unavailable',
      where: 'ghcr.io/nobody/nothing:v0',
    },
  );
});
