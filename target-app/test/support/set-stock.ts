import pg from 'pg';

/** Makes an article as scarce as a test needs it, before anything was sold. */
export async function setStock(databaseUrl: string, sku: string, units: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('UPDATE stock SET seeded = $2, available = $2 WHERE sku = $1', [sku, units]);
  await client.end();
}
