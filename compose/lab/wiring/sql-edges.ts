import type { Edge, Level } from '@firedrill/topology';

/** Pure: the edges by which a node asks databases or pools, in the topology's order. */
export const sqlEdgesOf = (level: Level, node: string): readonly Edge[] =>
  level.edges.filter((edge) => edge.from === node && edge.protocol === 'postgres');

/** Pure: whether exporters ask this server for its figures, which takes a role and an extension of their own. */
export const isObserved = (level: Level, server: string): boolean =>
  level.edges.some(
    (edge) => edge.to === server && edge.protocol === 'postgres' && edge.plane === 'telemetry',
  );
