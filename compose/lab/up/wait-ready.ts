import { setTimeout as pause } from 'node:timers/promises';
import { processesOfNode } from '../control/lab-processes.ts';
import type { NodeRunner } from '../control/node-runner.ts';
import { isReady } from '../control/probe.ts';
import { wasLate } from '../control/process-compose.ts';
import { runnerOf } from '../control/runner-of.ts';
import { hasJoined } from '../replication/joined.ts';
import type { LabState } from '../state.ts';
import type { Wired } from '../wiring/wiring.ts';
import type { LabEvent } from './events.ts';
import { unhealthy } from './unhealthy.ts';

/**
 * Waits until every process is ready, each as soon as it is.
 * @throws {FiredrillError} `node-unhealthy`, `port-taken` or `disk-full` for the first that ended or is not ready in time.
 */
export async function waitReady(
  state: LabState,
  processes: readonly Pick<Wired, 'name' | 'probe'>[],
  onEvent: (event: LabEvent) => void,
  deadlineMs: number,
): Promise<void> {
  const runner = runnerOf(state);
  const started = performance.now();
  const waiting = new Map(processes.map((wired) => [wired.name, wired]));
  while (waiting.size > 0) {
    const looks = [...waiting.values()].map(async (wired) => ({
      wired,
      ready: await look(state, wired, runner),
    }));
    for (const { wired, ready } of await Promise.all(looks)) {
      if (!ready) continue;
      waiting.delete(wired.name);
      onEvent({ type: 'ready', node: wired.name, afterMs: Math.round(performance.now() - started) });
    }
    const [late] = waiting.keys();
    if (late !== undefined && performance.now() - started > deadlineMs) {
      await runner.bringLog(late);
      throw unhealthy(state, late, `was not ready within ${deadlineMs / 1000} s`);
    }
    if (waiting.size > 0) await pause(50);
  }
}

/** process-compose is asked last: for a server it adds up the memory of every backend, which takes it a second. */
async function look(
  state: LabState,
  { name, probe }: Pick<Wired, 'name' | 'probe'>,
  runner: NodeRunner,
): Promise<boolean> {
  const runs = () => processesOfNode(state, name).length > 0;
  if (probe !== undefined && (await isReady(probe)) && runs()) return hasJoined(state, name);
  const report = await runner.process(name).catch((error: unknown) => {
    // On a busy machine it takes its time; the deadline of all of them is what counts.
    if (wasLate(error)) return undefined;
    throw error;
  });
  if (report === undefined || !report.ended) return false;
  const { status, exitCode } = report;
  if (probe === undefined && status === 'Completed' && exitCode === 0) return true;
  if (status === 'Skipped' && probe !== undefined) return false;
  await runner.bringLog(name);
  if (probe === undefined) {
    throw unhealthy(state, name, `failed with exit code ${exitCode}`);
  }
  throw unhealthy(state, name, `ended with exit code ${exitCode}`);
}
