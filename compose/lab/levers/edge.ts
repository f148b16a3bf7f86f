import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { levelByNumber } from '@firedrill/topology';
import type { LabState } from '../state.ts';
import { haproxyConfig, haproxyFile, shopBackend } from '../wiring/haproxy.ts';
import { loopbackHosts } from '../wiring/hosts.ts';
import { runs } from './apis.ts';
import { leverUnfinished } from './lever-refused.ts';
import { askHaproxy } from './runtime-socket.ts';

/** Longer than any request lasts, also where the edge is silent for a while. */
const idleMs = 10_000;

/** The load balancers that send an API its requests; none at a level where users come to it straight. */
export function edgesBefore({ level }: Pick<LabState, 'level'>, api: string): readonly string[] {
  const { nodes, edges } = levelByNumber(level);
  return nodes
    .filter(
      ({ kind, name }) => kind === 'haproxy' && edges.some(({ from, to }) => from === name && to === api),
    )
    .map(({ name }) => name);
}

/** In and out of the edges before it, now and after a restart of theirs. @param drained every API that is out from now on. */
export async function setInRotation(
  state: LabState,
  api: string,
  inRotation: boolean,
  drained: readonly string[],
): Promise<void> {
  for (const edge of edgesBefore(state, api)) {
    writeEdgeConfig(state, edge, drained);
    if (!runs(state, edge)) continue;
    const command = `set server ${shopBackend}/${api} state ${inRotation ? 'ready' : 'drain'}`;
    const said = await askHaproxy(state, edge, command).catch((error: Error) => error.message);
    if (said !== '') throw leverUnfinished(`${edge}: ${said}`);
  }
}

function writeEdgeConfig(state: LabState, edge: string, drained: readonly string[]): void {
  const path = join(state.home, edge, haproxyFile);
  const level = levelByNumber(state.level);
  writeFileSync(`${path}.new`, haproxyConfig(edge, { hosts: loopbackHosts, level, state }, drained), {
    mode: 0o600,
  });
  renameSync(`${path}.new`, path);
}

/**
 * Waits until an API that is out has nothing under way.
 * @returns how many requests it still has; `undefined` when an edge does not say.
 */
export async function awaitIdle(state: LabState, api: string): Promise<number | undefined> {
  const until = performance.now() + idleMs;
  for (;;) {
    const isLast = performance.now() > until;
    const counts = await Promise.all(edgesBefore(state, api).map((edge) => underWay(state, edge, api)));
    const left = counts.includes(undefined)
      ? undefined
      : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    if (left === 0 || isLast) return left;
    await pause(50);
  }
}

/** An edge that does not answer, or not to its end, is none without requests. */
async function underWay(state: LabState, edge: string, api: string): Promise<number | undefined> {
  if (!runs(state, edge)) return 0;
  const table = await askHaproxy(state, edge, 'show stat').catch(() => '');
  return table === '' ? undefined : sessionsOf(table, api);
}

/**
 * Waits until the edges before an API that was let in send it requests again: each has found by a check of its own that it is ready.
 * Who takes the next one out sooner leaves users nobody. One that ends, or is not found in time, is waited for no longer.
 */
export async function awaitServing(state: LabState, api: string): Promise<void> {
  const until = performance.now() + idleMs;
  for (const edge of edgesBefore(state, api)) {
    while (runs(state, edge) && runs(state, api) && performance.now() < until) {
      const table = await askHaproxy(state, edge, 'show stat').catch(() => '');
      if (statusOf(table, api).startsWith('UP')) break;
      await pause(50);
    }
  }
}

/** Pure: the sessions of a server in HAProxy's CSV. */
export const sessionsOf = (table: string, api: string): number => Number(fieldOf(table, api, 'scur') ?? 0);

/** Pure: what HAProxy's checks say of a server in its CSV, as `UP`, `DOWN` or `DRAIN`; empty where it is not there. */
export const statusOf = (table: string, api: string): string => fieldOf(table, api, 'status') ?? '';

function fieldOf(table: string, api: string, column: string): string | undefined {
  const [head = '', ...rows] = table.split('\n').map((line) => line.replace(/^# /, ''));
  const columns = head.split(',');
  const [proxy, server, wanted] = ['pxname', 'svname', column].map((name) => columns.indexOf(name));
  const row = rows
    .map((line) => line.split(','))
    .find((fields) => fields[proxy ?? 0] === shopBackend && fields[server ?? 1] === api);
  return row?.[wanted ?? -1];
}
