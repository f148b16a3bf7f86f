import type { Database } from './database.ts';
import type { Deadline } from './deadline.ts';
import { listMigrations } from './migrate.ts';

/** @throws unless the database answers and has every migration that this program knows. */
export async function schemaIsCurrent(database: Database, deadline: Deadline): Promise<void> {
  const known = (await listMigrations()).map((migration) => migration.version);
  const missing = await database.read(deadline, (queries) =>
    queries.rows<{ version: string }>(
      `SELECT version FROM unnest($1::text[]) AS known (version)
        WHERE NOT EXISTS (SELECT FROM schema_migration m WHERE m.version = known.version)`,
      [known],
    ),
  );
  if (missing.length > 0) throw new Error(`the schema lacks ${missing.map((row) => row.version).join(', ')}`);
}
