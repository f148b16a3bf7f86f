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

/**
 * Holds every process of a node, whatever session it is in: walked until two looks find none that runs.
 * @throws {FiredrillError} `control-failed`, also when the node does not run at all.
 */
export async function holdNode(state: LabState, node: string): Promise<void> {
  const until = performance.now() + withinMs;
  for (let held = 0; held < 2; ) {
    // Before the look: what it did is seen by the next one, however long the machine stalls between them.
    const isLast = performance.now() > until;
    const processes = processesOfNode(state, node);
    const running = processes.filter((entry) => !entry.stopped);
    for (const entry of running) signal(entry, 'SIGSTOP');
    held = processes.length > 0 && running.length === 0 ? held + 1 : 0;
    if (held < 2) await pause(20);
    if (held === 0 && isLast) {
      const left = running.map(({ pid }) => pid).join(', ') || 'it has no process';
      throw new FiredrillError('control-failed', `${node} could not be held: ${left}`);
    }
  }
}

/** Lets them run, and reads back twice that they do; idempotent. @throws {FiredrillError} `heal-failed` */
export async function continueNodes(state: LabState, nodes: readonly string[]): Promise<void> {
  const until = performance.now() + withinMs;
  for (let running = 0; running < 2; ) {
    const isLast = performance.now() > until;
    const stopped = stoppedNodes(state, nodes);
    for (const node of stopped) {
      for (const entry of processesOfNode(state, node)) if (entry.stopped) signal(entry, 'SIGCONT');
    }
    running = stopped.length === 0 ? running + 1 : 0;
    if (running < 2) await pause(20);
    // On a busy machine two looks take longer than that: nothing found is nothing held.
    if (stopped.length > 0 && isLast) {
      throw new FiredrillError('heal-failed', `still held by SIGSTOP: ${stopped.join(', ')}`, {
        fix: 'run `pnpm lab down`',
      });
    }
  }
}
