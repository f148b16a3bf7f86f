import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import type { WiringContext } from './wiring.ts';

/** The port of a node's own listener. */
export function listenPort(state: Pick<LabState, 'nodes'>, node: string, port: string): number {
  const found = state.nodes[node]?.[port];
  if (found === undefined) throw new FiredrillError('internal', `the lab gave ${node} no port ${port}`);
  return found;
}

/** The port at which `from` reaches `to`: that of the edge's proxy, never of the listener. */
export const edgePort = (state: Pick<LabState, 'edges'>, edge: string): number =>
  edgeEnds(state, edge).listen;

/** Both ends of an edge's proxy. */
export function edgeEnds({ edges }: Pick<LabState, 'edges'>, edge: string): LabState['edges'][string] {
  const found = edges[edge];
  if (found === undefined) throw new FiredrillError('internal', `the lab has no edge ${edge}`);
  return found;
}

/** `host:port` of an edge's proxy, as its source reaches it natively. */
export function edgeAddress(state: Pick<LabState, 'edges'>, edge: string): string {
  const { host = '127.0.0.1', listen } = edgeEnds(state, edge);
  return `${host}:${listen}`;
}

/** Where a node's own listeners, or Toxiproxy's API, are reached from this process. */
export const hostOf = ({ addresses }: Pick<LabState, 'addresses'>, name: string): string =>
  addresses?.[name] ?? '127.0.0.1';

/** `host:port` of a node's own listener, past every proxy. */
export const nodeAddress = (
  state: Pick<LabState, 'addresses' | 'nodes'>,
  node: string,
  port: string,
): string => `${hostOf(state, node)}:${listenPort(state, node, port)}`;

export const loopback = (port: number): string => `127.0.0.1:${port}`;
export const loopbackUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** `host:port` on which a node opens a listener of its own. */
export const at = (
  { hosts, state }: Pick<WiringContext, 'hosts' | 'state'>,
  node: string,
  port: string,
): string => `${hosts.listen}:${listenPort(state, node, port)}`;

/** `host:port` at which an edge's source reaches its target. */
export const through = ({ hosts, state }: Pick<WiringContext, 'hosts' | 'state'>, edge: string): string =>
  `${hosts.proxies}:${edgePort(state, edge)}`;

export const throughUrl = (context: WiringContext, edge: string): string =>
  `http://${through(context, edge)}`;
