import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { WheelSource } from './component.ts';
import { pipInstall } from './pip-install.ts';
import { pythonWithPip } from './python.ts';
import { type Job, unavailable } from './supply.ts';

/** Has pip unpack a wheel whose hash stands in the committed lock file; nothing of it is run and nothing is installed. */
export async function supplyWheel(source: WheelSource, job: Job): Promise<void> {
  job.say('looking for Python');
  const python = await pythonWithPip(job);
  job.say('downloading the wheel');
  const result = await pipInstall(job, { python, target: job.out, lock: source.lock });
  if (!result.ok) throw unavailable(job.component, 'pip failed', result);
  for (const name of ['bin', 'lib', 'share']) {
    await symlink(join(source.home, name), join(job.out, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
