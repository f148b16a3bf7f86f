import type { Level } from '@firedrill/topology';

/**
 * Where the parts of a level find each other. Natively everything is on 127.0.0.1; in containers each node is a host of its
 * own. A wiring asks here, so that it is stated once for both runtimes.
 */
export interface Hosts {
  /** The address on which a node opens its listeners. */
  readonly listen: string;
  /** Where a node finds the proxies of its edges. */
  readonly proxies: string;
  /** Where Toxiproxy, and an operator's one-shot, find a node itself. */
  node(name: string): string;
  /** Where a node finds the proxies of its advertised edges; `undefined`: by the name that their targets advertise. */
  advertised(level: Level, node: string): string | undefined;
}

/** The name that a node advertises. Who is meant by it depends on who asks. */
export const advertisedName = (node: string): string => `${node}.peer`;

/** Pure: the loopback address at which a node finds the proxies of its advertised edges: Linux answers on all of 127.0.0.0/8. */
export function ownAddress(level: Level, node: string): string {
  const sources = [...new Set(level.edges.filter((edge) => edge.advertised).map(({ from }) => from))];
  return `127.0.1.${sources.indexOf(node) + 1}`;
}

export const loopbackHosts: Hosts = {
  listen: '127.0.0.1',
  proxies: '127.0.0.1',
  node: () => '127.0.0.1',
  advertised: ownAddress,
};
