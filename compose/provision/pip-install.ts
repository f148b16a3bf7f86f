import type { CommandResult } from './command.ts';
import { inPackage } from './recipe.ts';
import { type Job, runForJob } from './supply.ts';

/** Installing into a folder is refused or bent by these settings of a user; the lock's hashes decide, not they. */
const pipEnv = {
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  PIP_NO_INPUT: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
};

export interface PipInstall {
  readonly python: string;
  /** The folder that gets the packages. */
  readonly target: string;
  /** The lock file, from this package's folder. */
  readonly lock: string;
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Has pip unpack what a committed lock file names, each with a hash that stands there; its own dependencies are never followed. */
export function pipInstall(
  job: Job,
  { python, target, lock, options = [], env = {} }: PipInstall,
): Promise<CommandResult> {
  return runForJob(
    job,
    python,
    [
      ...['-m', 'pip', 'install', '--target', target],
      ...['--require-hashes', '--no-deps', '--only-binary=:all:', ...options],
      ...['--no-compile', '--no-cache-dir', '--progress-bar=off'],
      ...['-r', inPackage(lock)],
    ],
    { env: { ...pipEnv, ...env } },
  );
}
