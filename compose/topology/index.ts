export { choosesPrimary, databaseServers } from './database-servers.ts';
export type { Bypass, Edge, Plane } from './edge.ts';
export { sourcesOf } from './edges.ts';
export { type FeedStore, feedStores, withFeed } from './feed.ts';
export type { Level, PrivateNetwork } from './level.ts';
export { levelByNumber, levels } from './levels.ts';
export type { Node, NodeKind } from './node.ts';
