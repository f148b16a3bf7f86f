import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from './state.ts';

/** Prints what a container wrote, and what it writes until it ends or somebody interrupts. */
export async function dockerLogs(
  { socket, containers }: NonNullable<LabState['docker']>,
  name: string,
  follow: boolean,
): Promise<void> {
  const id = containers[name];
  if (id === undefined) {
    throw new FiredrillError('usage', `unknown node ${name}`, {
      fix: `use one of ${Object.keys(containers).toSorted().join(', ')}`,
    });
  }
  const words = ['--host', `unix://${socket}`, 'logs', ...(follow ? ['--follow'] : []), id];
  await once(spawn('docker', words, { stdio: ['ignore', 'inherit', 'inherit'] }), 'close');
}
