import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { processesOfLab } from './lab-processes.ts';
import { killUntilGone, terminate } from './signal.ts';

const graceMs = 1500;

/**
 * Ends every process of the lab but the calling one and its parents, and removes its folder. What it finds is decided
 * by the process table and not by a list, so it also works on what a killed lab left.
 */
export async function stopLab(lab: { readonly labId: string; readonly home: string }): Promise<void> {
  const find = () => processesOfLab(lab);
  // The data is thrown away with the folder: a clean shutdown would only cost time.
  if (!(await terminate(find, graceMs))) await killUntilGone(find);
  await rm(lab.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await rmdir(dirname(lab.home)).catch(() => {}); // other labs of this user may be in it
}
