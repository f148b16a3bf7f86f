import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { processesOfNode } from '../control/lab-processes.ts';
import type { NodeRunner } from '../control/node-runner.ts';
import { killNode, startProcess } from '../control/nodes.ts';
import type { ToxiproxyApi } from '../control/toxiproxy.ts';
import { readPending } from '../promote/pending.ts';
import type { LabState } from '../state.ts';
import { edgesStand } from './edges-stand.ts';
import { markRejoin } from './follow.ts';
import { currentPrimary, isJoined } from './joined.ts';
import { readServer } from './read-server.ts';
import { followingEdge } from './servers.ts';

/** A copy of everything and its recovery are part of it. */
const joinDeadlineMs = 60_000;

/** A standby that serves and does not stream for this long cannot: its WAL parted, or its slot is gone. */
const streamPatienceMs = 8000;

/** Each look is a new session there and a walk over all processes. */
const pollMs = 250;

export interface ServerParts {
  readonly state: LabState;
  readonly runner: NodeRunner;
  readonly api: ToxiproxyApi;
}

/**
 * Starts a server that does not run and waits until it has its place: the primary takes writes, any other streams from
 * it. One that cannot is taken back or copied anew. A standby whose edge is still cut cannot join yet and is left to it.
 */
export async function healServer(parts: ServerParts, node: string): Promise<void> {
  const { state, runner } = parts;
  let primary = currentPrimary(state);
  const until = performance.now() + joinDeadlineMs;
  let servesSince: number | undefined;
  let rejoins = 0;
  while (performance.now() < until) {
    primary = currentPrimary(state); // an operator may promote meanwhile
    const reading = await readServer(state, node);
    if (await isJoined(state, reading, node, primary)) return;
    if (processesOfNode(state, node).length > 0) {
      if (node !== primary && !(await edgesStand(parts, [followingEdge(node, primary)]))) return;
      servesSince = reading === undefined ? undefined : (servesSince ?? performance.now());
      const stuck = servesSince !== undefined && performance.now() - servesSince > streamPatienceMs;
      if (stuck && rejoins === 0 && node !== primary && readPending(state.home) === undefined) {
        rejoins += 1;
        servesSince = undefined;
        markRejoin(state, node);
        await killNode(state, node);
      }
    } else if ((await runner.process(node)).ended) {
      await startProcess(state, runner, node);
    }
    await pause(pollMs);
  }
  throw new FiredrillError(
    'heal-failed',
    node === primary
      ? `${node} was started but takes no writes after ${joinDeadlineMs / 1000} s`
      : `${node} was started but does not stream from ${primary} after ${joinDeadlineMs / 1000} s`,
    { fix: 'run `pnpm lab down`' },
  );
}
