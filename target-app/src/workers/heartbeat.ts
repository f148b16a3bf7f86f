import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import { timelineSql } from '../data/session/position.ts';
import type { Worker } from './worker.ts';

/**
 * Writes the moment into the primary, from where replication carries it to the replicas: its age there is how far they
 * are behind. Every process offers a beat, and the row takes one of them: a lease would leave seconds without beats when
 * its holder dies.
 *
 * @param named by the timeline that it is written on, too: a replica that has it has come to that timeline.
 */
export function heartbeat(database: Database, everyMs: number, deadlineMs: number, named: boolean): Worker {
  const timeline = named ? `, timeline = ${timelineSql}` : '';
  return {
    name: 'heartbeat',
    everyMs,
    scope: 'own',
    run: async () => {
      await database.read(Deadline.in(deadlineMs), (queries) =>
        queries.rows(
          `UPDATE replication_heartbeat SET beat_at = clock_timestamp()${timeline}
            WHERE beat_at < clock_timestamp() - $1 * interval '1 millisecond'`,
          [everyMs / 2],
        ),
      );
    },
  };
}
