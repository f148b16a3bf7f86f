import pg from 'pg';

/** How many deadlocks PostgreSQL has had to break in a database. */
export async function deadlocks(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ deadlocks: number }>(
    'SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()',
  );
  await client.end();
  return rows[0]?.deadlocks ?? 0;
}
