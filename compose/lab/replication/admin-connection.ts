import pg from 'pg';
import type { LabState } from '../state.ts';
import { hostOf, listenPort } from '../wiring/ports.ts';

/** The lab's own superuser; it comes straight to the server and is the operator's hand. */
const superuser = 'postgres';

/** A new connection for one piece of work, at most `deadlineMs` for connecting and for each statement. */
export async function asSuperuser<T>(
  state: LabState,
  node: string,
  work: (client: pg.Client) => Promise<T>,
  deadlineMs = 1000,
  database = 'postgres',
): Promise<T> {
  const client = new pg.Client({
    host: hostOf(state, node),
    port: listenPort(state, node, 'sql'),
    user: superuser,
    password: state.secrets.postgresPassword,
    database,
    application_name: 'lab',
    connectionTimeoutMillis: deadlineMs,
    query_timeout: deadlineMs,
  });
  client.on('error', () => {}); // a server that goes away is seen by the query that fails
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.end().catch(() => {});
  }
}
