import pg from 'pg';
import type { LabState } from '../state.ts';
import { listenPort } from '../wiring/ports.ts';
import { shopDatabase } from '../wiring/postgres.ts';

/** Which server, by its port, PgBouncer leads to by a database's name, and whether it is a standby. */
export async function roleBehind(
  state: LabState,
  database: string,
): Promise<{ readonly port: number; readonly standby: boolean } | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: listenPort(state, 'pgbouncer-1', 'sql'),
    user: shopDatabase,
    password: state.secrets.postgresPassword,
    database,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ port: number; standby: boolean }>(
      'SELECT inet_server_port() AS port, pg_is_in_recovery() AS standby',
    );
    return rows[0];
  } finally {
    client.end().catch(() => {});
  }
}
