export type { Bypass, Edge, Plane } from './edge.ts';
export type { Level } from './level.ts';
export { levelByNumber, levels } from './levels.ts';
export type { Node, NodeKind } from './node.ts';
