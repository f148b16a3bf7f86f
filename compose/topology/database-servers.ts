import type { Level } from './level.ts';
import type { Node } from './node.ts';

/** Pure: the PostgreSQL servers of a level. The first of them is the primary of a new lab. */
export const databaseServers = (level: Level): readonly Node[] =>
  level.nodes.filter(({ kind }) => kind === 'postgres' || kind === 'patroni');

/** Pure: whether the servers of a level choose their primary themselves. */
export const choosesPrimary = (level: Level): boolean => level.nodes.some(({ kind }) => kind === 'patroni');
