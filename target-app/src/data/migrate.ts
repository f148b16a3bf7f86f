import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { seedCatalogue } from './seed/seed-catalogue.ts';

const folder = new URL('./migrations/', import.meta.url);

/** The migrations in the order in which they are applied; a version is its file name. */
export async function listMigrations(): Promise<
  readonly { readonly version: string; readonly sql: string }[]
> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (version) => ({ version, sql: await readFile(new URL(version, folder), 'utf8') })),
  );
}

/**
 * Brings the schema and the seeded catalogue up to date. Safe to run again and by two at once: an advisory lock
 * serialises it, and what is already there is left as it is (stock included).
 *
 * @returns the versions that were applied now.
 * @throws when an applied migration was edited afterwards.
 */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('shop-migrations'))`);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (version text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const applied: string[] = [];
    for (const migration of await listMigrations()) {
      if (await apply(client, migration)) applied.push(migration.version);
    }
    await seedCatalogue(client);
    return applied;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: { version: string; sql: string }): Promise<boolean> {
  const checksum = createHash('sha256').update(migration.sql).digest('hex');
  const found = await client.query<{ checksum: string }>(
    'SELECT checksum FROM schema_migration WHERE version = $1',
    [migration.version],
  );
  if (found.rows[0] !== undefined) {
    if (found.rows[0].checksum !== checksum)
      throw new Error(`${migration.version} was edited after it was applied`);
    return false;
  }
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO schema_migration (version, checksum) VALUES ($1, $2)', [
      migration.version,
      checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return true;
}
