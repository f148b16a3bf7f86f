import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import { readPartitions } from '../data/partitions/read-partitions.ts';
import type { PartitionMetrics } from '../telemetry/partition-metrics.ts';
import type { Worker } from './worker.ts';

/** Looks how far the partitions reach: not the maker's own word, which is missing when it is. */
export function partitionGauges(
  database: Database,
  metrics: PartitionMetrics,
  everyMs: number,
  deadlineMs: number,
): Worker {
  return {
    name: 'partition-gauges',
    everyMs,
    scope: 'own',
    run: async () => metrics.seen(await database.read(Deadline.in(deadlineMs), readPartitions)),
  };
}
