import type { Queries } from '../database.ts';
import { type PartitionedTable, partitionedTables } from './partitioned-tables.ts';
import { timeOf } from './uuid-at.ts';

export interface PartitionState {
  /** By the database's clock, ms since the epoch. */
  readonly now: number;
  /** Where the last partition of each table ends, ms since the epoch. */
  readonly until: ReadonlyMap<PartitionedTable, number>;
}

// The bounds as PostgreSQL writes them: FOR VALUES FROM ('…') TO ('…').
const sql = `
  SELECT p.inhparent::regclass::text AS name,
         max(substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$TO \\('([0-9a-f-]{36})'\\)$re$)) AS bound,
         extract(epoch FROM now()) * 1000 AS now
    FROM pg_inherits p JOIN pg_class c ON c.oid = p.inhrelid
   WHERE p.inhparent = ANY ($1::regclass[]) GROUP BY p.inhparent`;

export async function readPartitions(queries: Queries): Promise<PartitionState> {
  const rows = await queries.rows<{ name: PartitionedTable; bound: string; now: string }>(sql, [
    partitionedTables,
  ]);
  return {
    now: Number(rows[0]?.now),
    until: new Map(rows.map(({ name, bound }) => [name, timeOf(bound)])),
  };
}
