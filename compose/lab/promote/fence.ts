import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processesOfNode } from '../control/lab-processes.ts';
import { killNode } from '../control/nodes.ts';
import { signal } from '../control/signal.ts';
import { markStandby } from '../replication/follow.ts';
import type { LabState } from '../state.ts';
import { known, learn } from './promote-parts.ts';
import type { PromotionStep } from './step.ts';

/** How long a server may take to end its sessions and to hand its last WAL to its standbys. */
const shutDownMs = 5000;

/**
 * From its end on the server takes nothing durable: no process of it is left, and none can start but as a standby. The
 * mark comes first, for somebody may be starting the server at this moment.
 */
export async function fence(
  state: LabState,
  { node, upstream, manner }: Extract<PromotionStep, { kind: 'fence' }>,
): Promise<string> {
  const processes = processesOfNode(state, node).length;
  const { lived } = known(state);
  if (processes > 0) learn(state, { lived: [...new Set([...lived, node])] });
  markStandby(state, node, upstream);
  const gone = manner === 'shut down' && (await shutDown(state, node));
  await killNode(state, node);
  if (processes === 0) return 'it was dead; marked as a standby';
  return gone ? 'shut down, its WAL handed over' : `${processes} processes killed`;
}

/** PostgreSQL's fast shutdown: sessions are cut off, standbys that stream get all that was written. */
export async function shutDown(state: LabState, node: string): Promise<boolean> {
  const pid = postmasterPid(state, node);
  const postmaster = processesOfNode(state, node).find((one) => one.pid === pid);
  if (postmaster === undefined) return false;
  signal(postmaster, 'SIGINT');
  const until = performance.now() + shutDownMs;
  while (performance.now() < until) {
    if (processesOfNode(state, node).length === 0) return true;
    await pause(20);
  }
  return false;
}

function postmasterPid(state: LabState, node: string): number | undefined {
  try {
    const [pid] = readFileSync(join(state.home, node, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return Number(pid);
  } catch {
    return undefined;
  }
}
