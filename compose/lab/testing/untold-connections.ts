import { readFileSync } from 'node:fs';
import type { Level } from '@firedrill/topology';
import { processesByNode } from '../control/lab-processes.ts';
import type { LabState } from '../state.ts';
import { socketsOf } from './listeners.ts';

const established = '01';

/**
 * `from → to` for each connection between processes of two nodes that stands now, past Toxiproxy, and of which the topology does
 * not tell: a partition would leave it.
 */
export function untoldConnections(state: LabState, { bypasses = [] }: Level): readonly string[] {
  const told = bypasses.map(({ from, to }) => `${from} → ${to}`);
  const listeners = new Map(
    Object.entries(state.nodes).flatMap(([node, ports]) => Object.values(ports).map((port) => [port, node])),
  );
  const owners = new Map(
    [...processesByNode(state)].flatMap(([node, processes]) =>
      processes.flatMap(({ pid }) => socketsOf(pid).map((inode) => [inode, node] as const)),
    ),
  );
  const found = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, , remote = '', status, , , , , , inode = ''] = line.trim().split(/\s+/);
      const from = owners.get(inode);
      const to = listeners.get(Number.parseInt(remote.split(':')[1] ?? '', 16));
      const isDirect = status === established && from !== undefined && from in state.nodes;
      return isDirect && to !== undefined && to !== from ? [`${from} → ${to}`] : [];
    });
  return [...new Set(found)].filter((pair) => !told.includes(pair)).sort();
}
