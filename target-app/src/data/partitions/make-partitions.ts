import type { Queries } from '../database.ts';
import { partitionedTables } from './partitioned-tables.ts';
import { duePartitions, type TimeRange } from './plan-partitions.ts';
import { readPartitions } from './read-partitions.ts';
import { uuidAt } from './uuid-at.ts';

export interface PartitionOptions {
  /** The time that one partition holds, ms. */
  readonly lengthMs: number;
  /** Whole partitions behind the one of now. */
  readonly ahead: number;
}

/** As the environment has them. */
export function partitionOptions(env: {
  readonly SHOP_PARTITION_MINUTES: number;
  readonly SHOP_PARTITIONS_AHEAD: number;
}): PartitionOptions {
  return { lengthMs: env.SHOP_PARTITION_MINUTES * 60_000, ahead: env.SHOP_PARTITIONS_AHEAD };
}

/** What is due now, the same for all tables. */
export async function partitionsDue(
  queries: Queries,
  options: PartitionOptions,
): Promise<readonly TimeRange[]> {
  const { now, until } = await readPartitions(queries);
  return duePartitions({ now, until: Math.min(...until.values()), ...options });
}

/**
 * Makes the next partition that is due, of all tables or of none, in the transaction that the caller has open. Two at once
 * are safe: the second waits for the first, looks again, and finds it made.
 *
 * Nobody reads or writes an order meanwhile, so it waits for its locks but briefly: behind it everybody would wait.
 *
 * @returns undefined when none is due.
 */
export async function makeNextPartition(
  queries: Queries,
  options: PartitionOptions,
): Promise<TimeRange | undefined> {
  await queries.rows(`SET LOCAL lock_timeout = '100ms'`);
  await queries.rows(`LOCK TABLE ${partitionedTables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const [next] = await partitionsDue(queries, options);
  if (next === undefined) return undefined;
  for (const table of partitionedTables) {
    await queries.rows(
      `CREATE TABLE ${table}_${nameOf(next.from)} PARTITION OF ${table}
        FOR VALUES FROM ('${uuidAt(next.from)}') TO ('${uuidAt(next.to)}')`,
    );
  }
  return next;
}

/** `20261123t083000`, UTC. */
function nameOf(from: number): string {
  return new Date(from).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').toLowerCase();
}
