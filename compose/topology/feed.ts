import type { Edge } from './edge.ts';
import type { Level } from './level.ts';

/** Where the shop keeps feeds: in its own database, or copied to documents behind MongoDB's wire. */
export const feedStores = ['postgres', 'mongodb'] as const;
export type FeedStore = (typeof feedStores)[number];

const store = 'documents-1';

/** Pure: a level whose feeds are kept there. With documents every API reaches their store by an edge of its own. */
export function withFeed(level: Level, feed: FeedStore = 'postgres'): Level {
  if (feed === 'postgres') return level;
  const apis = level.nodes.filter(({ kind }) => kind === 'shop-api').map(({ name }) => name);
  const edges = apis.map(documents);
  const crossings = edges.map(({ name }) => name);
  const { privateNetworks } = level;
  return {
    ...level,
    title: `${level.title}, feeds as documents`,
    nodes: [...level.nodes, { name: store, kind: 'document-store', ports: ['mongodb'], role: 'user' }],
    edges: [...level.edges, ...edges],
    ...(privateNetworks === undefined
      ? {}
      : {
          privateNetworks: privateNetworks.map((network) => ({
            ...network,
            nodes: network.name === 'data' ? [...network.nodes, store] : network.nodes,
            crossings: [...network.crossings, ...crossings],
          })),
        }),
  };
}

const documents = (api: string): Edge => ({
  name: `${api}:${store}`,
  from: api,
  to: store,
  port: 'mongodb',
  plane: 'data',
  protocol: 'mongodb',
});
