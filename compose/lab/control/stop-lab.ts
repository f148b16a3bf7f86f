import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { processesOfLab } from './lab-processes.ts';
import type { ProcessEntry } from './process-table.ts';
import { killUntilGone, terminate } from './signal.ts';

const graceMs = 1500;

interface LabPlace {
  readonly labId: string;
  readonly home: string;
}

/** Ends every process of the lab but the calling one and its parents. @returns whether they are gone. */
export const endProcesses = async (
  lab: LabPlace,
  find: () => readonly ProcessEntry[] = () => processesOfLab(lab),
): Promise<boolean> => (await terminate(find, graceMs)) || (await killUntilGone(find));

/**
 * Ends every process of the lab but the calling one and its parents, and removes its folder. What it finds is decided
 * by the process table and not by a list, so it also works on what a killed lab left.
 * @throws {FiredrillError} `heal-failed` when a process outlives SIGKILL; the folder stays then.
 */
export async function stopLab(
  lab: LabPlace,
  find: () => readonly ProcessEntry[] = () => processesOfLab(lab),
): Promise<void> {
  // The data is thrown away with the folder: a clean shutdown would only cost time.
  if (!(await endProcesses(lab, find))) throw stillThere(find().map(({ pid }) => pid));
  await rm(lab.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await rmdir(dirname(lab.home)).catch(() => {}); // other labs of this user may be in it
}

function stillThere(pids: readonly number[]): FiredrillError {
  return new FiredrillError('heal-failed', `processes of the lab outlived SIGKILL: ${pids.join(', ')}`, {
    fix: `see what holds them (\`ps -o pid,stat,wchan,args -p ${pids.join(',')}\`), then run \`pnpm lab down\``,
  });
}
