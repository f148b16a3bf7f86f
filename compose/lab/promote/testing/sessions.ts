import pg from 'pg';
import type { LabState } from '../../state.ts';
import { listenPort } from '../../wiring/ports.ts';
import { shopDatabase } from '../../wiring/postgres.ts';

/** A table of the tests' own; ids are never used twice. */
export const probeTable = 'promotion_probe';

/** A client that connects anew rather than waits. */
const impatientMs = 5000;
/** Where only one answer is asked for. */
const patientMs = 20_000;

/**
 * A session of the shop's role at a node's own listener: a server's, or PgBouncer's.
 * @param deadlineMs for connecting and for each statement.
 */
export async function session(state: LabState, node: string, deadlineMs = impatientMs): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: listenPort(state, node, 'sql'),
    user: shopDatabase,
    password: state.secrets.postgresPassword,
    database: shopDatabase,
    connectionTimeoutMillis: deadlineMs,
    query_timeout: deadlineMs,
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
  const client = await session(state, node, patientMs);
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

/** @returns when the server wrote it, by its own clock; its commit comes after. */
export async function insert(client: pg.Client, id: number): Promise<number> {
  const { rows } = await client.query<{ at: Date }>(
    `INSERT INTO ${probeTable} VALUES ($1, clock_timestamp()) RETURNING at`,
    [id],
  );
  return rows[0]?.at.getTime() ?? Number.NaN;
}

/** The ids that a server's readers see. */
export const idsOn = (state: LabState, node: string): Promise<ReadonlySet<number>> =>
  inSession(state, node, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${probeTable}`);
    return new Set(rows.map(({ id }) => Number(id)));
  });
