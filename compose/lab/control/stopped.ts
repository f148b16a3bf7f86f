import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import { processesOfNode } from './lab-processes.ts';
import { allProcesses } from './process-table.ts';
import { signal } from './signal.ts';

const withinMs = 3000;

/** The nodes of which a process is held by SIGSTOP. */
export function stoppedNodes(state: LabState, nodes: readonly string[]): readonly string[] {
  // To whom a process belongs takes a look at every environment; hardly ever is anything stopped.
  if (!allProcesses().some((entry) => entry.stopped)) return [];
  return nodes.filter((node) => processesOfNode(state, node).some((entry) => entry.stopped));
}

/** Lets them run, and reads back twice that they do; idempotent. @throws {FiredrillError} `heal-failed` */
export async function continueNodes(state: LabState, nodes: readonly string[]): Promise<void> {
  const until = performance.now() + withinMs;
  for (let running = 0; running < 2; ) {
    const stopped = stoppedNodes(state, nodes);
    for (const node of stopped) {
      for (const entry of processesOfNode(state, node)) if (entry.stopped) signal(entry, 'SIGCONT');
    }
    running = stopped.length === 0 ? running + 1 : 0;
    if (running < 2) await pause(20);
    // On a busy machine two looks take longer than that: nothing found is nothing held.
    if (stopped.length > 0 && performance.now() > until) {
      throw new FiredrillError('heal-failed', `still held by SIGSTOP: ${stopped.join(', ')}`, {
        fix: 'run `pnpm lab down`',
      });
    }
  }
}
