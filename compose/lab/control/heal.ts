import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import { databaseServers, levelByNumber } from '@firedrill/topology';
import { healMember } from '../patroni/heal-member.ts';
import { restoreAgreement } from '../patroni/patroni-api.ts';
import { settleServers } from '../promote/settle-servers.ts';
import { healServer } from '../replication/heal-server.ts';
import { isReplicated } from '../replication/joined.ts';
import type { LabState } from '../state.ts';
import type { Setting } from './action.ts';
import { edgeReading, isRestored, restoreEdge } from './edges.ts';
import type { NodeRunner } from './node-runner.ts';
import { killNode, startNode } from './nodes.ts';
import { endSaboteurs, saboteursOf } from './saboteur/saboteurs.ts';
import { resetSetting } from './settings.ts';
import type { ToxiproxyApi } from './toxiproxy.ts';

/** A machine that stalls can miss the second of a call to a Toxiproxy that is new and whole: then it is asked once more. */
const mostRebuilds = 2;

/** Between the two readings: long enough for a call that was on its way to land. */
const secondLookMs = 150;

export interface HealParts {
  readonly state: LabState;
  readonly runner: NodeRunner;
  readonly api: ToxiproxyApi;
  /** Starts Toxiproxy anew, one at a time: a second one would kill what the first has just built. */
  readonly rebuild: () => Promise<void>;
  /** Makes the runner answer again where it does not, one at a time. */
  readonly revive: () => Promise<void>;
}

/**
 * Makes these edges as the topology says and reads them back twice. Whatever Toxiproxy cannot do within a second a
 * call, or does not keep, is cured by starting it anew.
 */
export async function healEdges({ state, api, rebuild }: HealParts, edges: readonly string[]): Promise<void> {
  try {
    const proxies = await api.read();
    // Side by side: an edge whose stream is stuck must not keep the others waiting.
    await Promise.all(edges.map((edge) => restoreEdge(state, api, edge, proxies)));
    if (await staysRestored(state, api, edges)) return;
  } catch (error) {
    if (error instanceof FiredrillError && error.code === 'fault-refused') throw error;
  }
  for (let rebuilt = 0; rebuilt < mostRebuilds; rebuilt += 1) {
    await rebuild();
    if (await staysRestored(state, api, edges).catch(() => false)) return;
  }
  const left = await describeLeft(state, api, edges);
  throw new FiredrillError('heal-failed', `not as the topology says: ${left}`, {
    fix: 'run `pnpm lab down`',
  });
}

async function staysRestored(state: LabState, api: ToxiproxyApi, edges: readonly string[]): Promise<boolean> {
  const look = async () => {
    const proxies = await api.read();
    return edges.every((edge) => isRestored(state, edge, proxies));
  };
  if (!(await look())) return false;
  await pause(secondLookMs);
  return look();
}

async function describeLeft(state: LabState, api: ToxiproxyApi, edges: readonly string[]): Promise<string> {
  const proxies = await api.read().catch(() => undefined);
  return edges
    .filter((edge) => proxies === undefined || !isRestored(state, edge, proxies))
    .map((edge) => {
      const reading = edgeReading(edge, proxies);
      return `${edge} ${[reading.state, ...reading.toxics.map((toxic) => toxic.name)].join(' ')}`;
    })
    .join(', ');
}

/** Every node, all at once: they were ready together before. Read back twice. */
export async function healNodes(parts: HealParts, nodes: readonly string[]): Promise<void> {
  await parts.revive();
  await startNodes(parts, nodes);
  await pause(secondLookMs);
  // Nobody waits when nothing has ended: what was ready a moment ago answers at once.
  await startNodes(parts, nodes);
}

async function startNodes(parts: HealParts, nodes: readonly string[]): Promise<void> {
  const { state, runner } = parts;
  const servers = nodes.filter((node) => isReplicated(state, node));
  if (servers.length > 0) await settleServers(parts, servers);
  const members = databaseServers(levelByNumber(state.level)).filter(({ kind }) => kind === 'patroni');
  const heal = (node: string) => {
    if (servers.includes(node)) return healServer(parts, node);
    return members.some(({ name }) => name === node)
      ? healMember(parts, node)
      : startNode(state, runner, node);
  };
  const results = await Promise.allSettled(nodes.map(heal));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  for (const node of nodes.filter((one) => members.some(({ name }) => name === one))) {
    if (await restoreAgreement(state, node)) return;
  }
}

/** Ends the saboteur of that name, else all, and lets the nodes run that it may have left held; none may come up behind it. */
export async function healSabotage(
  { state, runner }: HealParts,
  nodes: readonly string[],
  meant?: string,
): Promise<void> {
  const isMeant = (name: string): boolean => meant === undefined || name === meant;
  await endSaboteurs(state, isMeant);
  await runner.letRun(nodes);
  const left = saboteursOf(state).filter(({ name }) => isMeant(name));
  if (left.length === 0) return;
  throw new FiredrillError(
    'heal-failed',
    `there is a saboteur again: ${left.map(({ name }) => name).join(', ')}`,
    {
      fix: 'run `pnpm lab down`',
    },
  );
}

/** A node that cannot be asked to forget a setting forgets it by being started anew. */
export async function healSetting(
  { state, runner }: HealParts,
  node: string,
  setting: Setting,
): Promise<void> {
  if (await resetSetting(state, node, setting)) return;
  await killNode(state, node);
  await startNode(state, runner, node);
  if (await resetSetting(state, node, setting)) return;
  throw new FiredrillError('heal-failed', `${node} keeps its setting ${setting}`, {
    fix: 'run `pnpm lab down`',
  });
}
