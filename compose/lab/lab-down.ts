import { labIdOf } from './control/lab-home.ts';
import { recoverLab } from './recover-lab.ts';
import { oneAtATime } from './up/one-at-a-time.ts';

/** A start that is under way is waited for, ms. */
const waitMs = 120_000;

/**
 * Takes this checkout's lab of that level down: afterwards there is no process, port, socket or folder of it.
 * @returns whether there was anything.
 */
export function labDown({ level }: { readonly level: number }): Promise<boolean> {
  return oneAtATime(labIdOf(level), waitMs, () => recoverLab(level));
}
