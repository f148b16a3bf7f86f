import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import { edgeReading, isRestored, restoreEdge } from './edges.ts';
import { startNode } from './nodes.ts';
import type { ProcessCompose } from './process-compose.ts';
import type { ToxiproxyApi } from './toxiproxy.ts';

/** Between the two readings: long enough for a call that was on its way to land. */
const secondLookMs = 150;

export interface HealParts {
  readonly state: LabState;
  readonly supervisor: ProcessCompose;
  readonly api: ToxiproxyApi;
  /** Starts Toxiproxy anew, one at a time: a second one would kill what the first has just built. */
  readonly rebuild: () => Promise<void>;
}

/**
 * Makes these edges as the topology says and reads them back twice. Whatever Toxiproxy cannot do within a second a
 * call, or does not keep, is cured by starting it anew.
 */
export async function healEdges({ state, api, rebuild }: HealParts, edges: readonly string[]): Promise<void> {
  try {
    for (const edge of edges) await restoreEdge(state, api, edge);
    if (await staysRestored(state, api, edges)) return;
  } catch (error) {
    if (error instanceof FiredrillError && error.code === 'fault-refused') throw error;
  }
  await rebuild();
  if (await staysRestored(state, api, edges)) return;
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

/** Every node, all at once: they were ready together before. */
export async function healNodes({ state, supervisor }: HealParts, nodes: readonly string[]): Promise<void> {
  const results = await Promise.allSettled(nodes.map((node) => startNode(state, supervisor, node)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
