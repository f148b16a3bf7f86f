import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LabState } from '../state.ts';
import { processEntry } from './process-table.ts';
import { continueNodes, holdNode } from './stopped.ts';

const lab = { labId: `stopped-${process.pid}`, home: '/nonexistent' } as LabState;
let node: ChildProcess;
beforeEach(async () => {
  const env = { ...process.env, FIREDRILL_LAB: lab.labId, FIREDRILL_NODE: 'b' };
  node = spawn('sleep', ['60'], { env, stdio: 'ignore' });
  await once(node, 'spawn');
});
afterEach(() => {
  vi.restoreAllMocks();
  node.kill('SIGKILL');
});

const isStopped = (): boolean => processEntry(node.pid ?? 0)?.stopped === true;

/** The machine stalls for ten seconds in the moment in which the node becomes so. */
function stallOnce(isSo: () => boolean): void {
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + (isSo() ? 10_000 : 0));
}

it('a node is held although the machine stalls right after the signal', async () => {
  stallOnce(isStopped);
  await holdNode(lab, 'b');
  expect(isStopped()).toBe(true);
});

it('a node is let go although the machine stalls right after the signal', async () => {
  await holdNode(lab, 'b');
  stallOnce(() => !isStopped());
  await continueNodes(lab, ['b']);
  expect(isStopped()).toBe(false);
});
