import { databaseServers, type Edge, type Level } from '@firedrill/topology';

/** Pure: the edges by which a node asks databases or pools, in the topology's order. */
export const sqlEdgesOf = (level: Level, node: string): readonly Edge[] =>
  level.edges.filter((edge) => edge.from === node && edge.protocol === 'postgres');

/** Pure: those of them that lead to a PostgreSQL itself. */
export const serverEdgesOf = (level: Level, node: string): readonly Edge[] =>
  sqlEdgesOf(level, node).filter(({ to }) => databaseServers(level).some(({ name }) => name === to));

/** Pure: the edge by which a node writes: to whom finds the leader, where the level has one, else to the primary itself. */
export function writingEdgeOf(level: Level, node: string, primary: string): Edge | undefined {
  const edges = sqlEdgesOf(level, node);
  const routers = level.nodes.filter(({ kind }) => kind === 'database-router').map(({ name }) => name);
  return edges.find(({ to }) => routers.includes(to)) ?? edges.find(({ to }) => to === primary);
}

/** Pure: whether exporters ask this server for its figures, which takes a role and an extension of their own. */
export const isObserved = (level: Level, server: string): boolean =>
  level.edges.some(
    (edge) => edge.to === server && edge.protocol === 'postgres' && edge.plane === 'telemetry',
  );
