import { setTimeout as pause } from 'node:timers/promises';
import { processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import { known, type PromoteParts, unfinished } from './promote-parts.ts';

/** process-compose takes a moment to see that a process is gone. */
const deadlineMs = 10_000;

/** Starts the process of a fenced server that lived until then, and does not wait for it: its edges may be cut. */
export async function startAgain({ state, runner }: PromoteParts, node: string): Promise<string> {
  if (!known(state).lived.includes(node)) return 'it was dead before; it joins when it is started';
  const until = performance.now() + deadlineMs;
  while (performance.now() < until) {
    if (processesOfNode(state, node).length > 0) return 'it joins as soon as its edges let it';
    if ((await runner.process(node)).ended) await startProcess(state, runner, node);
    await pause(50);
  }
  throw unfinished(`process-compose did not start ${node}`);
}
