import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import { edgesStand } from '../replication/edges-stand.ts';
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
  const { state, runner } = parts;
  const edges = joiningEdges(state.level, node);
  const until = performance.now() + joinDeadlineMs;
  while (performance.now() < until) {
    if (processesOfNode(state, node).length === 0) {
      if ((await runner.process(node)).ended) await startProcess(state, runner, node);
    } else if (isPlaced(await readCluster(state), node) || !(await edgesStand(parts, edges))) {
      return;
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
const joiningEdges = (level: number, node: string): readonly string[] =>
  levelByNumber(level)
    .edges.filter(({ from, to, plane }) => plane === 'data' && (from === node || to === node))
    .map(({ name }) => name);
