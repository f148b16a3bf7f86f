import type { Edge, Plane } from './edge.ts';

/** `from:to`, both ends named as the topology names them. */
function edge(plane: Plane, from: string, to: string, port: string, protocol: Edge['protocol']): Edge {
  return { name: `${from}:${to}`, from, to, port, plane, protocol };
}

/** HTTP that carries the shop. */
export const http = (from: string, to: string): Edge => edge('data', from, to, 'http', 'http');

/** PostgreSQL's protocol, which carries the shop: queries and replication alike. */
export const sql = (from: string, to: string): Edge => edge('data', from, to, 'sql', 'postgres');

/** What the users and the judges use: never cut. */
export const observed = (from: string, to: string, port = 'http'): Edge =>
  edge('observer', from, to, port, 'http');

/** Scrapes and probes: cut together with their node. */
export const scrape = (from: string, to: string, port = 'http'): Edge =>
  edge('telemetry', from, to, port, 'http');

/** An exporter that asks a database or a pool for its figures. */
export const sqlScrape = (from: string, to: string): Edge => edge('telemetry', from, to, 'sql', 'postgres');
