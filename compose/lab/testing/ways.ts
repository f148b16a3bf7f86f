import { type Level, sourcesOf } from '@firedrill/topology';
import { toxiproxyProcess } from '../control/toxiproxy-process.ts';
import type { LabState } from '../state.ts';
import { edgeAddress } from '../wiring/ports.ts';
import type { TcpConnection } from './listeners.ts';

/** Where a connection of a lab's process leads. */
export type Way =
  /** Somebody has connected to it: the other end tells whether he may. */
  | { readonly kind: 'taken' }
  /** To a part of its own node, or as Toxiproxy to a node that an edge leads to. */
  | { readonly kind: 'own' }
  | { readonly kind: 'edge'; readonly edge: string }
  /** Past every edge, as the topology itself says. */
  | { readonly kind: 'bypass' }
  /** Past every edge that the topology has, or by one that is another's. */
  | { readonly kind: 'astray'; readonly to: string };

/** `0100007F` → `127.0.0.1`, also where IPv6 wraps it. */
const dotted = (address: string): string =>
  address
    .slice(-8)
    .match(/../g)!
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');

/** Pure: which way a connection takes. */
export function wayOf(state: LabState, level: Level, node: string, { local, remote }: TcpConnection): Way {
  const listener = (port: number): string | undefined =>
    Object.entries(state.nodes).find(([, ports]) => Object.values(ports).includes(port))?.[0];
  const to = `${dotted(remote.address)}:${remote.port}`;
  const edges = level.edges.filter((edge) => edgeAddress(state, edge.name) === to);
  if (node === toxiproxyProcess) {
    const carried = level.edges.some((edge) => edge.to === listener(remote.port));
    const accepts = Object.values(state.edges).some(({ listen }) => listen === local.port);
    if (accepts || local.port === state.toxiproxyPort) return { kind: 'taken' };
    return carried ? { kind: 'own' } : { kind: 'astray', to };
  }
  if (listener(local.port) === node) return { kind: 'taken' };
  if (listener(remote.port) === node) return { kind: 'own' };
  const own = edges.find((edge) => sourcesOf(edge).includes(node));
  if (own !== undefined) return { kind: 'edge', edge: own.name };
  const isTold = level.bypasses?.some((one) => one.from === node && one.to === listener(remote.port));
  if (isTold) return { kind: 'bypass' };
  const owner = listener(remote.port) ?? edges[0]?.name;
  return { kind: 'astray', to: owner === undefined ? to : `${owner} (${to})` };
}
