import type { Edge, Plane } from './edge.ts';

/** Pure: the nodes that connect by an edge. */
export const sourcesOf = ({ from, sources }: Edge): readonly string[] => sources ?? [from];

/** `from:to`, both ends named as the topology names them. */
function edge(plane: Plane, from: string, to: string, port: string, protocol: Edge['protocol']): Edge {
  return { name: `${from}:${to}`, from, to, port, plane, protocol };
}

/** HTTP that carries the shop. */
export const http = (from: string, to: string, port = 'http'): Edge => edge('data', from, to, port, 'http');

/** PostgreSQL's protocol, which carries the shop: queries and replication alike. */
export const sql = (from: string, to: string): Edge => edge('data', from, to, 'sql', 'postgres');

/** HTTP between the parts of a cluster, on a port of its own. */
export const control = (from: string, to: string, port: string): Edge => ({
  ...edge('data', from, to, port, 'http'),
  name: `${from}:${to}/${port}`,
});

/** To a node that says itself where it is found: each source has a proxy of its own all the same. */
export const advertised = (one: Edge): Edge => ({ ...one, advertised: true });

/** To a node that is found by one address for all: its proxy is cut for all of them, or for none. */
export const shared = (sources: readonly string[], to: string, port: string): Edge => ({
  ...control('*', to, port),
  sources,
});

/** What the users and the judges use: never cut. */
export const observed = (from: string, to: string, port = 'http'): Edge =>
  edge('observer', from, to, port, 'http');

/** Scrapes and probes: cut together with their node. */
export const scrape = (from: string, to: string, port = 'http'): Edge =>
  edge('telemetry', from, to, port, 'http');

/** An exporter that asks a database or a pool for its figures. */
export const sqlScrape = (from: string, to: string): Edge => edge('telemetry', from, to, 'sql', 'postgres');
