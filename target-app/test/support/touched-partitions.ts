import type { Queries } from '../../src/data/database.ts';
import { partitionedTables } from '../../src/data/partitions/partitioned-tables.ts';

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Queries that also write down which partitions each statement really read: parts of a plan that never ran do not count. */
export function watchPartitions(queries: Queries): {
  readonly queries: Queries;
  /** Of the worst statement so far: how many partitions of one table it read. */
  most(): number;
} {
  let most = 0;
  return {
    queries: {
      rows: async (sql, parameters = []) => {
        // A write must be planned without being done twice.
        await queries.rows('SAVEPOINT explained');
        const [row] = await queries.rows<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
          `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
          parameters,
        );
        await queries.rows('ROLLBACK TO SAVEPOINT explained');
        const plan = row?.['QUERY PLAN'][0]?.Plan;
        if (plan !== undefined) most = Math.max(most, mostOf(plan));
        return queries.rows(sql, parameters);
      },
    },
    most: () => most,
  };
}

function mostOf(plan: PlanNode): number {
  const read = new Set(relationsRead(plan));
  return Math.max(
    0,
    ...partitionedTables.map((table) => [...read].filter((name) => name.startsWith(`${table}_`)).length),
  );
}

function relationsRead(node: PlanNode): readonly string[] {
  if (node['Actual Loops'] === 0) return [];
  const own = node['Relation Name'];
  return [...(own === undefined ? [] : [own]), ...(node.Plans ?? []).flatMap(relationsRead)];
}
