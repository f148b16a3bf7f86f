import { existsSync } from 'node:fs';
import { labHome, labIdOf } from './control/lab-home.ts';
import { processesOfLab } from './control/lab-processes.ts';
import { stopWhatIsLeft } from './control/stop-what-is-left.ts';

/**
 * Takes down whatever there is of this checkout's lab of that level, whole or killed half-way: processes, folder.
 * @returns whether there was anything.
 */
export async function recoverLab(level: number): Promise<boolean> {
  const lab = { labId: labIdOf(level), home: labHome(level) };
  if (!existsSync(lab.home) && processesOfLab(lab).length === 0) return false;
  await stopWhatIsLeft(lab);
  return true;
}
