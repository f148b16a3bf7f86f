import { join } from 'node:path';
import { exists } from './exists.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

/** A Python that has pip: the system's, else a private virtual environment in the cache. */
export async function pythonWithPip(job: Job): Promise<string> {
  if ((await runForJob(job, 'python3', ['-m', 'pip', '--version'])).ok) return 'python3';
  const home = join(job.root, 'python');
  const python = join(home, 'bin', 'python');
  if ((await exists(python)) && (await runForJob(job, python, ['-m', 'pip', '--version'])).ok) return python;
  const made = await runForJob(job, 'python3', ['-m', 'venv', '--clear', home]);
  if (made.ok) return python;
  throw unavailable(
    job.component,
    'Python 3 with pip is needed (install python3 and python3-pip, or python3-venv)',
    made,
  );
}
