import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import {
  makeNextPartition,
  type PartitionOptions,
  partitionsDue,
} from '../data/partitions/make-partitions.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Worker } from './worker.ts';

export interface PartitionMakerOptions extends PartitionOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly everyMs: number;
  /** Of one partition, milliseconds. */
  readonly deadlineMs: number;
}

/** Makes partitions ahead of need. It looks without a lock, and takes one only when something is due. */
export function partitionMaker(options: PartitionMakerOptions): Worker {
  const { database, logger, everyMs, deadlineMs } = options;
  return {
    name: 'partition-maker',
    everyMs,
    scope: 'leased',
    run: async () => {
      const due = await database.read(Deadline.in(deadlineMs), (queries) => partitionsDue(queries, options));
      for (const _ of due) {
        const made = await database.transaction(Deadline.in(deadlineMs), (queries) =>
          makeNextPartition(queries, options),
        );
        if (made !== undefined) logger.info({ until: new Date(made.to).toISOString() }, 'partition made');
      }
    },
  };
}
