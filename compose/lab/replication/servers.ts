import { databaseServers, levelByNumber } from '@firedrill/topology';
import type { LabState } from '../state.ts';

/** Pure: the PostgreSQL servers of a lab, in the topology's order. */
export const serversOf = (state: Pick<LabState, 'level'>): readonly string[] =>
  databaseServers(levelByNumber(state.level)).map((node) => node.name);

/** Pure: whether servers follow each other at this level. */
export const hasStandbys = (state: Pick<LabState, 'level'>): boolean => serversOf(state).length > 1;

/** Pure: the edge by which `node` follows `upstream`. */
export const followingEdge = (node: string, upstream: string): string => `${node}:${upstream}`;
