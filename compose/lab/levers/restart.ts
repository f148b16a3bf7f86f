import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { firstProcesses, processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import { isReady } from '../control/probe.ts';
import { runnerOf } from '../control/runner-of.ts';
import { signal } from '../control/signal.ts';
import { shutDown } from '../promote/fence.ts';
import type { LabState } from '../state.ts';
import { leverUnfinished } from './lever-refused.ts';

/** What is under way may end; then it is killed. */
const graceMs = 5000;
/** process-compose takes a moment to see that a process is gone. */
const seenMs = 10_000;
/** A server recovers meanwhile. What lacks another part never becomes ready, and is left as it is. */
const readyMs = 30_000;

/** @throws {FiredrillError} `usage`, listing the nodes there are. */
export function requireOwnNode(state: LabState, node: string): void {
  if (node in state.probes) return;
  throw new FiredrillError('usage', `unknown node ${node}`, {
    fix: `use one of ${Object.keys(state.probes).join(', ')}`,
  });
}

/** Ends a node's process in order, where there is one, and starts it. @returns whether it was ready in time. */
export async function startAnew(state: LabState, node: string): Promise<boolean> {
  await end(state, node);
  const runner = runnerOf(state);
  const until = performance.now() + seenMs;
  while (!(await runner.process(node)).ended) {
    if (performance.now() > until) throw leverUnfinished(`process-compose still has ${node} running`);
    await pause(50);
  }
  await startProcess(state, runner, node);
  return becomesReady(state, node);
}

async function becomesReady(state: LabState, node: string): Promise<boolean> {
  const probe = state.probes[node];
  const until = performance.now() + readyMs;
  while (performance.now() < until) {
    if (probe !== undefined && (await isReady(probe))) return true;
    // It ended again: waiting longer makes nothing of it.
    if (processesOfNode(state, node).length === 0) return false;
    await pause(100);
  }
  return false;
}

/** A server by its fast shutdown, a pool when its transactions are over, everything else by SIGTERM. */
async function end(state: LabState, node: string): Promise<void> {
  const find = () => processesOfNode(state, node);
  if (find().length === 0) return;
  const kind = levelByNumber(state.level).nodes.find(({ name }) => name === node)?.kind;
  if (kind === 'postgres') {
    await shutDown(state, node);
    return;
  }
  for (const one of firstProcesses(find())) signal(one, kind === 'pgbouncer' ? 'SIGINT' : 'SIGTERM');
  const until = performance.now() + graceMs;
  while (find().length > 0 && performance.now() < until) await pause(50);
}
