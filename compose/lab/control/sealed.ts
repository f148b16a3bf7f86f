import { readOwner } from './guardian-files.ts';
import { bootId, isAlive } from './process-table.ts';

/** Whether a drill holds the lab: then nothing but its monitoring tells what is the matter with it. */
export function isSealed(home: string): boolean {
  const owner = readOwner(home);
  return owner?.sealed === true && owner.bootId === bootId() && isAlive(owner.runner);
}
