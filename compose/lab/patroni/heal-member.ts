import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { levelByNumber } from '@firedrill/topology';
import { z } from 'zod';
import { processesOfNode } from '../control/lab-processes.ts';
import { startProcess } from '../control/nodes.ts';
import { edgesStand } from '../replication/edges-stand.ts';
import type { ServerParts } from '../replication/heal-server.ts';
import type { LabState } from '../state.ts';
import { type ClusterReading, isPlaced, readCluster } from './cluster.ts';
import { describePlace } from './describe-place.ts';
import { askPatroni } from './patroni-api.ts';

/**
 * The way back of a leader that was lost is part of it: its place is free after the ttl, then it recovers, what it has alone is listed, and
 * it is rewound, or copied. Alone on a machine that takes 5 to 8 s; others may have most of the machine.
 */
const joinDeadlineMs = 120_000;

const pollMs = 250;

/** On a machine that stalls Patroni answers late: not for that has a server no place. */
const askMs = 3000;

/** A Patroni that starts is silent for some seconds; who has its process is asked no sooner, for that costs a look at every backend. */
const silentMs = 2000;

/**
 * Starts a server that does not run and waits until it has its place; Patroni itself does all the rest. One of whose edges
 * something is still on cannot join yet and is left to it.
 */
export async function healMember(
  parts: ServerParts,
  node: string,
  deadlineMs = joinDeadlineMs,
): Promise<void> {
  const { state, runner } = parts;
  const edges = joiningEdges(state.level, node);
  const until = performance.now() + deadlineMs;
  let cluster: ClusterReading | undefined;
  let heardAt = performance.now();
  while (performance.now() < until) {
    if (processesOfNode(state, node).length === 0) {
      if ((await runner.process(node)).ended) await startProcess(state, runner, node);
    } else {
      cluster = await readCluster(state, askMs);
      if (isPlaced(cluster, node) || !(await edgesStand(parts, edges))) return;
      if (await answers(state, node)) heardAt = performance.now();
      if (performance.now() - heardAt > silentMs && (await isHeadless(parts, node))) {
        await startProcess(state, runner, node);
        heardAt = performance.now();
      }
    }
    await pause(pollMs);
  }
  throw new FiredrillError(
    'heal-failed',
    `${node} was started but has no place in the cluster after ${deadlineMs / 1000} s: ${describePlace(cluster, node)}`,
    { fix: `see \`pnpm lab logs ${node} --level ${state.level}\`, then run \`pnpm lab down\`` },
  );
}

async function answers(state: LabState, node: string): Promise<boolean> {
  return (await askPatroni(state, node, '/cluster', z.unknown(), askMs)) !== undefined;
}

/** Its PostgreSQL has a session of its own and outlives a Patroni that ends alone: then nobody leads it anywhere. */
async function isHeadless({ runner }: ServerParts, node: string): Promise<boolean> {
  const report = await runner.process(node).catch(() => undefined);
  // A process-compose that was started anew does not know of a Patroni that it did not start itself.
  return report?.ended === true && report.status !== 'Disabled';
}

/** Those of the data plane, by which it joins. */
const joiningEdges = (level: number, node: string): readonly string[] =>
  levelByNumber(level)
    .edges.filter(({ from, to, plane }) => plane === 'data' && (from === node || to === node))
    .map(({ name }) => name);
