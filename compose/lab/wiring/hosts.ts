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
}

export const loopbackHosts: Hosts = {
  listen: '127.0.0.1',
  proxies: '127.0.0.1',
  node: () => '127.0.0.1',
};
