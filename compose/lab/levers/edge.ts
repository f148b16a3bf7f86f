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

/** Longer than any request lasts. */
const idleMs = 4000;

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

/** Waits until an API that is out has nothing under way. @returns how many requests it still has. */
export async function awaitIdle(state: LabState, api: string): Promise<number> {
  const until = performance.now() + idleMs;
  for (;;) {
    const counts = await Promise.all(edgesBefore(state, api).map((edge) => underWay(state, edge, api)));
    const left = counts.reduce((sum, count) => sum + count, 0);
    if (left === 0 || performance.now() > until) return left;
    await pause(50);
  }
}

async function underWay(state: LabState, edge: string, api: string): Promise<number> {
  if (!runs(state, edge)) return 0;
  const table = await askHaproxy(state, edge, 'show stat').catch(() => '');
  return sessionsOf(table, api);
}

/** Pure: the sessions of a server in HAProxy's CSV. */
export function sessionsOf(table: string, api: string): number {
  const [head = '', ...rows] = table.split('\n').map((line) => line.replace(/^# /, ''));
  const columns = head.split(',');
  const [proxy, server, sessions] = ['pxname', 'svname', 'scur'].map((name) => columns.indexOf(name));
  const row = rows
    .map((line) => line.split(','))
    .find((fields) => fields[proxy ?? 0] === shopBackend && fields[server ?? 1] === api);
  return Number(row?.[sessions ?? -1] ?? 0);
}
