import type pg from 'pg';

/**
 * What holds for every session of the shop's database. It stands in the database and not in the connection: a pooler in
 * transaction mode passes no start-up options on, and what one client sets, another one would find.
 */
const sessionSettings = {
  /** An abandoned transaction must not keep its locks when its client has gone unseen. */
  idle_in_transaction_session_timeout: '2s',
  lock_timeout: '400ms',
} as const;

/** For the sessions that begin from now on. Safe to run again. */
export async function applySessionSettings(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string }>('SELECT current_database() AS database');
  const database = client.escapeIdentifier(rows[0]?.database ?? '');
  for (const [name, value] of Object.entries(sessionSettings)) {
    await client.query(`ALTER DATABASE ${database} SET ${name} = ${client.escapeLiteral(value)}`);
  }
}

/** This one session waits as long as it must: it serves no user. */
export async function waitWithoutLimit(client: pg.Client): Promise<void> {
  for (const name of Object.keys(sessionSettings)) await client.query(`SET ${name} = 0`);
}
