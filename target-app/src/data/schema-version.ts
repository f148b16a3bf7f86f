import type { Database } from './database.ts';
import type { Deadline } from './deadline.ts';

/** @throws unless the database answers and has every one of these migrations. */
export async function schemaHas(
  versions: readonly string[],
  database: Database,
  deadline: Deadline,
): Promise<void> {
  const missing = await database.read(deadline, (queries) =>
    queries.rows<{ version: string }>(
      `SELECT version FROM unnest($1::text[]) AS known (version)
        WHERE NOT EXISTS (SELECT FROM schema_migration m WHERE m.version = known.version)`,
      [versions],
    ),
  );
  if (missing.length > 0) throw new Error(`the schema lacks ${missing.map((row) => row.version).join(', ')}`);
}
