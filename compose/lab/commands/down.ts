import { FiredrillError } from '@firedrill/errors';
import { labHome } from '../control/lab-home.ts';
import { labLockHeld } from '../control/lab-lock.ts';
import { labDown } from '../lab-down.ts';

export async function downCommand({ level }: { readonly level: number }): Promise<void> {
  if (labLockHeld(labHome(level))) {
    throw new FiredrillError('lab-busy', `a run holds the lab of level ${level}`, {
      fix: 'stop the run, or run `pnpm chaos heal` when it is gone',
    });
  }
  const was = await labDown({ level });
  process.stdout.write(was ? `the lab of level ${level} is down\n` : `there was no lab of level ${level}\n`);
}
