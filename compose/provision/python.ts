import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exists } from './exists.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

let version: string | undefined;

/** `3.11`: what runs on this machine as `python3`; empty where there is none. Asked once. */
export function pythonVersion(): string {
  version ??= spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    encoding: 'utf8',
  }).stdout?.trim();
  return version ?? '';
}

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
