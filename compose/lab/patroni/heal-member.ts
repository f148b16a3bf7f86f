import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { isRestored } from '../control/edges.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import type { ServerParts } from '../replication/heal-server.ts';
import { isPlaced, readCluster } from './cluster.ts';

/** The way back of a leader that was lost is part of it: its place is free after the ttl, then it is rewound, or copied. */
const joinDeadlineMs = 60_000;

const pollMs = 250;

/**
 * Starts a server that does not run and waits until it has its place; Patroni itself does all the rest. One of whose edges
 * something is still on cannot join yet and is left to it.
 */
export async function healMember(parts: ServerParts, node: string): Promise<void> {
  const { state, supervisor } = parts;
  const until = performance.now() + joinDeadlineMs;
  let cut = 0;
  while (performance.now() < until) {
    if (processesOfNode(state, node).length === 0) {
      if ((await supervisor.process(node)).ended) await startProcess(state, supervisor, node);
    } else {
      if (isPlaced(await readCluster(state), node)) return;
      // By two looks: a machine that stalls can miss the second of one.
      cut = (await edgesStand(parts, node)) ? 0 : cut + 1;
      if (cut === 2) return;
    }
    await pause(pollMs);
  }
  throw new FiredrillError(
    'heal-failed',
    `${node} was started but has no place in the cluster after ${joinDeadlineMs / 1000} s`,
    { fix: `see \`pnpm lab logs ${node} --level ${state.level}\`, then run \`pnpm lab down\`` },
  );
}

/** Those of the data plane, by which it joins. */
async function edgesStand({ state, api }: ServerParts, node: string): Promise<boolean> {
  const own = levelByNumber(state.level).edges.filter(
    ({ from, to, plane }) => plane === 'data' && (from === node || to === node),
  );
  try {
    const proxies = await api.read();
    return own.every(({ name }) => isRestored(state, name, proxies));
  } catch {
    return false;
  }
}
