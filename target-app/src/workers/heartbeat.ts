import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import type { Worker } from './worker.ts';

/**
 * Writes the moment into the primary, from where replication carries it to the replicas: its age there is how far they
 * are behind. Every process offers a beat, and the row takes one of them: a lease would leave seconds without beats when
 * its holder dies.
 */
export function heartbeat(database: Database, everyMs: number, deadlineMs: number): Worker {
  return {
    name: 'heartbeat',
    everyMs,
    scope: 'own',
    run: async () => {
      await database.read(Deadline.in(deadlineMs), (queries) =>
        queries.rows(
          `UPDATE replication_heartbeat SET beat_at = clock_timestamp()
            WHERE beat_at < clock_timestamp() - $1 * interval '1 millisecond'`,
          [everyMs / 2],
        ),
      );
    },
  };
}
