import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import type { NodeReading } from './control.ts';
import { dataFolderOf, isSqueezed } from './disks.ts';
import { firstProcesses, processesByNode, processesOfNode } from './lab-processes.ts';
import type { NodeRunner } from './node-runner.ts';
import { isReady } from './probe.ts';
import type { ProcessReport } from './process-compose.ts';
import { runnerOf } from './runner-of.ts';

/** Crash recovery of PostgreSQL is part of it. */
const startDeadlineMs = 60_000;

/** One that ends at once may never be seen. */
const appearsWithinMs = 2000;

/** @throws {FiredrillError} `fault-refused` when the lab starts no such node. */
export function requireNode(state: LabState, node: string): void {
  if (node in state.probes) return;
  throw new FiredrillError('fault-refused', `unknown node ${node}`, {
    fix: `use one of ${Object.keys(state.probes).join(', ')}`,
  });
}

/** The loss of a machine: every process of the node at once, whatever session it is in. */
export async function killNode(state: LabState, node: string): Promise<void> {
  requireNode(state, node);
  if (await runnerOf(state).kill(node)) return;
  throw new FiredrillError('control-failed', `${node} still has processes after SIGKILL`);
}

/** Starts a node that does not run and waits until it is ready. Idempotent. */
export async function startNode(state: LabState, runner: NodeRunner, node: string): Promise<void> {
  requireNode(state, node);
  const probe = state.probes[node];
  if (probe === undefined) return;
  const until = performance.now() + startDeadlineMs;
  while (performance.now() < until) {
    // Asked first: process-compose adds up a server's memory, backend by backend, before it answers.
    if (await isReady(probe)) return;
    if (hasEnded(state, await runner.process(node))) await startProcess(state, runner, node);
    await pause(100);
  }
  throw new FiredrillError(
    'heal-failed',
    `${node} was started but did not become ready in ${startDeadlineMs / 1000} s`,
    {
      fix: 'run `pnpm lab down`',
    },
  );
}

/** A process-compose that was started anew does not know of processes that it did not start itself. */
const hasEnded = (state: LabState, { name, status, ended }: ProcessReport): boolean =>
  status === 'Disabled' ? processesOfNode(state, name).length === 0 : ended;

/** Starts the process of a node that has ended; whether it becomes ready is another question. */
export async function startProcess(state: LabState, runner: NodeRunner, node: string): Promise<void> {
  await runner.kill(node); // what a half-dead node left holds its port and data
  removeStaleLock(state, node);
  await runner.start(node);
  // process-compose answers before it starts it: who looks too early would take it for ended and start it twice.
  const until = performance.now() + appearsWithinMs;
  while (processesOfNode(state, node).length === 0 && performance.now() < until) await pause(20);
}

/**
 * After kill -9 PostgreSQL's lock file names a pid that another process may have by now, and the server would refuse
 * to start. Only called when no process of the node is left.
 */
function removeStaleLock(state: LabState, node: string): void {
  rmSync(join(dataFolderOf(state, node), 'postmaster.pid'), { force: true });
}

/** Every node that the lab starts, by one look at the process table. */
export async function readNodes(state: LabState, runner: NodeRunner): Promise<readonly NodeReading[]> {
  // An engine that does not answer is seen by others; what runs is in the table nevertheless.
  const held = await runner.held().catch((): readonly string[] => []);
  const byNode = processesByNode(state);
  return Object.keys(state.probes).map((node) => {
    const processes = byNode.get(node) ?? [];
    const pid = firstProcesses(processes)[0]?.pid;
    const stopped = held.includes(node) || processes.some((entry) => entry.stopped);
    return { node, running: pid !== undefined, pid, stopped, squeezed: isSqueezed(state, node) };
  });
}
