import { spawn } from 'node:child_process';
import { FiredrillError } from '@firedrill/errors';
import { underLabLock } from '@firedrill/lab/control';

export interface LabLock {
  release(): Promise<void>;
}

/**
 * Takes the lab's lock for whoever heals in a guardian's place. A small child holds it (Node has no flock); it ends when its
 * stdin closes, so the lock goes with this process, however this process ends.
 * @returns `undefined` when somebody else holds it.
 */
export async function tryLabLock(home: string): Promise<LabLock | undefined> {
  const [flock = 'flock', ...words] = underLabLock(home);
  const child = spawn(flock, [...words, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const exit = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const held = await new Promise<boolean>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new FiredrillError('component-unavailable', 'there is no flock command', {
          fix: 'install util-linux',
          cause,
        }),
      ),
    );
    child.stdout.once('data', () => resolve(true));
    child.once('close', () => resolve(false));
  });
  if (!held) return undefined;
  return {
    release: async () => {
      child.stdin.end();
      await exit;
    },
  };
}
