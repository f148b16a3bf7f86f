import { existsSync } from 'node:fs';
import { labHome, labIdOf } from './control/lab-home.ts';
import { processesOfLab } from './control/lab-processes.ts';
import { readLabState } from './control/lab-state-file.ts';
import { removeProject } from './control/remove-project.ts';
import { stopWhatIsLeft } from './control/stop-what-is-left.ts';

/**
 * Takes down whatever there is of this checkout's lab of that level, whole or killed half-way: processes, containers, folder.
 * @returns whether there was anything.
 */
export async function recoverLab(level: number): Promise<boolean> {
  const lab = { labId: labIdOf(level), home: labHome(level) };
  const told = readLabState(lab.home) !== undefined;
  const left = existsSync(lab.home) || processesOfLab(lab).length > 0;
  if (left) await stopWhatIsLeft(lab);
  // Which engine has containers of it stood in the file.
  const contained = !told && (await removeProject(lab.labId));
  return left || contained;
}
