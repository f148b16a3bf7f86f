import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { WheelSource } from './component.ts';
import { pythonWithPip } from './python.ts';
import { inPackage } from './recipe.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

/** Installing into a folder is refused or bent by these settings of a user; the lock's hashes decide, not they. */
const pipEnv = {
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  PIP_NO_INPUT: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
};

/** Has pip unpack a wheel whose hash stands in the committed lock file; nothing of it is run and nothing is installed. */
export async function supplyWheel(source: WheelSource, job: Job): Promise<void> {
  job.say('looking for Python');
  const python = await pythonWithPip(job);
  job.say('downloading the wheel');
  const result = await runForJob(
    job,
    python,
    [
      '-m',
      'pip',
      'install',
      '--target',
      job.out,
      '--require-hashes',
      '--no-deps',
      '--only-binary=:all:',
      '--no-compile',
      '--no-cache-dir',
      '--progress-bar=off',
      '-r',
      inPackage(source.lock),
    ],
    { env: pipEnv },
  );
  if (!result.ok) throw unavailable(job.component, 'pip failed', result);
  for (const name of ['bin', 'lib', 'share']) {
    await symlink(join(source.home, name), join(job.out, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
