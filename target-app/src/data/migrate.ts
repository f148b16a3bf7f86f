import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Queries } from './database.ts';
import { classify } from './database-errors.ts';
import { makeNextPartition, type PartitionOptions } from './partitions/make-partitions.ts';
import { seedCatalogue } from './seed/seed-catalogue.ts';
import { applySessionSettings, waitWithoutLimit } from './session-settings.ts';

const folder = new URL('./migrations/', import.meta.url);

/** From this level on the orders are partitioned. */
export const partitionedFrom = 3;

const lockPatienceMs = 30_000;

export interface MigrateOptions {
  readonly level: number;
  readonly partitions: PartitionOptions;
}

export interface Migration {
  /** Its file name: `NNNN-name.sql`, or `NNNN-name.level-3.sql` for one that is made from level 3 on. */
  readonly version: string;
  readonly sql: string;
}

/** The migrations of a level, in the order in which they are applied. */
export async function listMigrations(level: number): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => lowestLevelOf(file) <= level).sort();
  return Promise.all(
    files.map(async (version) => ({ version, sql: await readFile(new URL(version, folder), 'utf8') })),
  );
}

function lowestLevelOf(file: string): number {
  if (!file.endsWith('.sql')) return Number.POSITIVE_INFINITY;
  return Number(/\.level-(\d+)\.sql$/.exec(file)?.[1] ?? 1);
}

/**
 * Brings the schema and the seeded catalogue up to date. Safe to run again and by two at once: an advisory lock
 * serialises it, and what is already there is left as it is (stock included). It needs a session of its own: give it the
 * server's address, not a pooler's.
 *
 * @returns the versions that were applied now.
 * @throws when an applied migration was edited afterwards.
 */
export async function migrate(
  databaseUrl: string,
  { level, partitions }: MigrateOptions,
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await waitWithoutLimit(client);
    await client.query(`SELECT pg_advisory_lock(hashtext('shop-migrations'))`);
    await applySessionSettings(client);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (version text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const applied: string[] = [];
    for (const migration of await listMigrations(level)) {
      if (await apply(client, migration)) applied.push(migration.version);
    }
    await seedCatalogue(client);
    if (level >= partitionedFrom) await makePartitions(client, partitions);
    return applied;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<boolean> {
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
  await inTransaction(client, async () => {
    await client.query(migration.sql);
    await client.query('INSERT INTO schema_migration (version, checksum) VALUES ($1, $2)', [
      migration.version,
      checksum,
    ]);
  });
  return true;
}

/**
 * The first ones; from then on the shop's own worker makes them. Whoever is at the orders meanwhile, if only to measure how big they
 * are, is let go first.
 */
async function makePartitions(client: pg.Client, options: PartitionOptions): Promise<void> {
  const queries: Queries = {
    rows: async <T extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query<T>(sql, [...parameters])).rows,
  };
  const until = performance.now() + lockPatienceMs;
  for (;;) {
    try {
      if ((await inTransaction(client, () => makeNextPartition(queries, options))) === undefined) return;
    } catch (error) {
      if (classify(error) !== 'busy' || performance.now() > until) throw error;
      await pause(100);
    }
  }
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
