import { join } from 'node:path';
import type { LabState } from './state.ts';
import { exporterRole } from './wiring/exporter-role.ts';
import { edgeAddress, nodeAddress } from './wiring/ports.ts';
import { shopDatabase } from './wiring/postgres.ts';

/** `http://<host>:<port>` of a node's own listener, past every proxy: for observers. */
export function nodeUrl(state: LabState, node: string, port = 'http'): string {
  return `http://${nodeAddress(state, node, port)}`;
}

/** `http://<host>:<port>` of an edge's proxy: what the edge's source uses. */
export function edgeUrl(state: LabState, edge: string): string {
  return `http://${edgeAddress(state, edge)}`;
}

/** The shop's database as its own role, straight at the server: for migrations and for the checker. */
export function databaseUrl(state: LabState, node = state.primary): string {
  return shopUrl(state, nodeAddress(state, node, 'sql'));
}

/** The shop's database through an edge's proxy, e.g. for a witness of `api-1:pg-1`. */
export function databaseUrlThrough(state: LabState, edge: string): string {
  return shopUrl(state, edgeAddress(state, edge));
}

/** The store of documents through an edge's proxy. */
export function documentsUrlThrough(state: LabState, edge: string): string {
  return `mongodb://${edgeAddress(state, edge)}`;
}

/** PgBouncer's own console through an edge's proxy: answers `SHOW` whatever becomes of the servers behind it. */
export function pgbouncerAdminUrl(state: LabState, edge: string): string {
  return `postgres://${exporterRole}:${state.secrets.exporterPassword}@${edgeAddress(state, edge)}/pgbouncer`;
}

/** The shop's database at `host:port`, as the shop's own role. */
export function shopUrl({ secrets }: Pick<LabState, 'secrets'>, address: string): string {
  return `postgres://${shopDatabase}:${secrets.postgresPassword}@${address}/${shopDatabase}`;
}

export const paymentJournalPath = (state: LabState, node = 'payment-1'): string =>
  join(state.home, node, 'journal.jsonl');

export const logsFolder = (home: string): string => join(home, 'logs');

/** What a process wrote to stdout and stderr. */
export const logPath = (state: Pick<LabState, 'home'>, process: string): string =>
  join(logsFolder(state.home), `${process}.log`);
