import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { levelByNumber } from '@firedrill/topology';
import pg from 'pg';
import { firstProcesses, processesOfNode } from '../control/lab-processes.ts';
import { signal } from '../control/signal.ts';
import type { LabState } from '../state.ts';
import { loopbackHosts } from '../wiring/hosts.ts';
import { databasesFile, pgbouncerDatabases } from '../wiring/pgbouncer.ts';
import { listenPort } from '../wiring/ports.ts';
import { shopDatabase } from '../wiring/postgres.ts';

const reachMs = 5000;

/**
 * PgBouncer's `shop` becomes the new primary. Told by SIGHUP to read its files again, it drops every connection to the
 * old one as soon as its transaction is over. Proved by a session through the pool that lands on the new primary.
 */
export async function pointPool(state: LabState, pool: string, primary: string): Promise<string> {
  const level = levelByNumber(state.level);
  const path = join(state.home, pool, databasesFile);
  if (!existsSync(path)) return 'it has no databases of its own';
  const databases = pgbouncerDatabases(pool, { level, hosts: loopbackHosts, state: { ...state, primary } });
  writeFileSync(`${path}.new`, databases, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  const [process] = firstProcesses(processesOfNode(state, pool));
  if (process === undefined) return 'it does not run; it finds the new primary when it is started';
  signal(process, 'SIGHUP');
  const until = performance.now() + reachMs;
  while (performance.now() < until) {
    if ((await portBehind(state, pool)) === listenPort(state, primary, 'sql')) return 'writes pass';
    await pause(50);
  }
  return `no session of ${shopDatabase} reached ${primary} yet`;
}

/** The port of the server that a session of the shop lands on; `undefined` when there is none to be had. */
async function portBehind(state: LabState, pool: string): Promise<number | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: listenPort(state, pool, 'sql'),
    user: shopDatabase,
    password: state.secrets.postgresPassword,
    database: shopDatabase,
    connectionTimeoutMillis: 1000,
    query_timeout: 1000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ port: number }>('SELECT inet_server_port() AS port');
    return rows[0]?.port;
  } catch {
    return undefined;
  } finally {
    client.end().catch(() => {});
  }
}
