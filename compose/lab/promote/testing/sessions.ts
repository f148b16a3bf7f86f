import pg from 'pg';
import type { LabState } from '../../state.ts';
import { listenPort } from '../../wiring/ports.ts';
import { shopDatabase } from '../../wiring/postgres.ts';

/** A table of the tests' own; ids are never used twice. */
export const probeTable = 'promotion_probe';

/** A session of the shop's role at a node's own listener: a server's, or PgBouncer's. */
export async function session(state: LabState, node: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: listenPort(state, node, 'sql'),
    user: shopDatabase,
    password: state.secrets.postgresPassword,
    database: shopDatabase,
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** One new session for one piece of work. */
export async function inSession<T>(
  state: LabState,
  node: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await session(state, node);
  try {
    return await work(client);
  } finally {
    client.end().catch(() => {});
  }
}

export const makeProbeTable = (state: LabState, primary: string): Promise<unknown> =>
  inSession(state, primary, (client) =>
    client.query(`CREATE TABLE IF NOT EXISTS ${probeTable} (id bigint PRIMARY KEY, at timestamptz)`),
  );

export const insert = (client: pg.Client, id: number): Promise<unknown> =>
  client.query(`INSERT INTO ${probeTable} VALUES ($1, clock_timestamp())`, [id]);

/** The ids that a server's readers see. */
export const idsOn = (state: LabState, node: string): Promise<ReadonlySet<number>> =>
  inSession(state, node, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${probeTable}`);
    return new Set(rows.map(({ id }) => Number(id)));
  });
