import type { Database } from './database.ts';
import { Deadline } from './deadline.ts';
import { someSchemaHas } from './schema-version.ts';

/**
 * Whether this process can serve: the question that takes it out of the edge's hands. Who asks while another does gets the
 * same answer.
 *
 * @param databases the primary's first, each with a connection that nobody else takes. Behind a crowd of requests the
 * question would wait for its turn, and a pool that has run dry would look like a database that is away: every process
 * would be taken out, with all that it serves without a database, and be back when its crowd is gone.
 */
export function readinessOf(
  versions: readonly string[],
  databases: readonly Database[],
  deadlineMs: number,
): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= someSchemaHas(versions, databases, Deadline.in(deadlineMs)).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
