import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PythonSource } from './component.ts';
import { pipInstall } from './pip-install.ts';
import { pythonWithPip } from './python.ts';
import { type Job, runForJob, unavailable } from './supply.ts';

/** Below a component's folder. */
const packagesFolder = 'packages';

/** A program that finds its packages wherever the folder lies, and `exec`s, so that the pid is Python's. */
const program = (module: string): string => `#!/bin/sh
home=$(dirname "$(dirname "$(readlink -f "$0")")")
PYTHONPATH="\${PYTHONPATH:+$PYTHONPATH:}$home/${packagesFolder}" exec python3 -s -m ${module} "$@"
`;

/**
 * Has pip put packages into one folder, each with a hash that stands in the committed lock file. One that is had as source only
 * becomes a wheel by pinned tools: pip would fetch whatever is newest.
 */
export async function supplyPython(source: PythonSource, job: Job): Promise<void> {
  job.say('looking for Python');
  const python = await pythonWithPip(job);
  const tools = join(job.folder, 'tools');
  job.say('downloading the packages');
  const made = await pipInstall(job, { python, target: tools, lock: source.fromSource.tools });
  if (!made.ok) throw unavailable(job.component, 'pip failed', made);
  const packages = join(job.out, packagesFolder);
  const result = await pipInstall(job, {
    python,
    target: packages,
    lock: source.lock,
    options: [`--no-binary=${source.fromSource.packages.join(',')}`, '--no-build-isolation'],
    env: { PYTHONPATH: tools },
  });
  if (!result.ok) throw unavailable(job.component, 'pip failed', result);
  // Their first lines name the Python of this machine.
  await rm(join(packages, 'bin'), { recursive: true, force: true });
  // By content and not by time: a packed cache changes the times, and who may not write here would compile at each start.
  const compile = ['-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', packages];
  const compiled = await runForJob(job, python, compile);
  if (!compiled.ok) throw unavailable(job.component, 'Python could not compile it', compiled);
  await mkdir(join(job.out, 'bin'), { recursive: true });
  for (const [executable, module] of Object.entries(source.modules)) {
    await writeFile(join(job.out, 'bin', executable), program(module));
    await chmod(join(job.out, 'bin', executable), 0o755);
  }
}
