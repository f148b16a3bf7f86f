import type { Database } from './database.ts';
import { DatabaseUnavailable } from './database-errors.ts';
import type { Deadline } from './deadline.ts';

/**
 * Whether anything can be served: one of the servers answers and has every one of these migrations. While the primary is
 * away, replicas still serve reads; to call every process unready then would take these from the users too.
 *
 * @param databases the primary first.
 * @throws what the primary's failure was, when none does.
 */
export async function someSchemaHas(
  versions: readonly string[],
  databases: readonly Database[],
  deadline: Deadline,
): Promise<void> {
  try {
    await Promise.any(databases.map((database) => schemaHas(versions, database, deadline)));
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

async function schemaHas(versions: readonly string[], database: Database, deadline: Deadline): Promise<void> {
  const missing = await database
    .read(deadline, (queries) =>
      queries.rows<{ version: string }>(
        `SELECT version FROM unnest($1::text[]) AS known (version)
          WHERE NOT EXISTS (SELECT FROM schema_migration m WHERE m.version = known.version)`,
        [versions],
      ),
    )
    .catch((error: unknown) => {
      // Who is busy serves; to take it away would leave its load to those who are as busy.
      if (error instanceof DatabaseUnavailable && error.reason === 'busy') return [];
      throw error;
    });
  if (missing.length > 0) throw new Error(`the schema lacks ${missing.map((row) => row.version).join(', ')}`);
}
