import { describe, expect, it } from 'vitest';
import { sourcesOf } from './edges.ts';
import { withFeed } from './feed.ts';
import { levels } from './levels.ts';

const withDocuments = levels.map((level) => withFeed(level, 'mongodb'));

describe.each([...levels, ...withDocuments])('level $number: $title', (level) => {
  it('names each node and each edge once', () => {
    expect(new Set(level.nodes.map((node) => node.name)).size).toBe(level.nodes.length);
    expect(new Set(level.edges.map((edge) => edge.name)).size).toBe(level.edges.length);
  });

  it('has edges only between nodes and ports that exist, named after their ends', () => {
    for (const edge of level.edges) {
      const to = level.nodes.find((node) => node.name === edge.to);
      for (const source of sourcesOf(edge)) {
        expect(
          level.nodes.some((node) => node.name === source),
          edge.name,
        ).toBe(true);
      }
      expect(to?.ports, edge.name).toContain(edge.port);
      expect(edge.name.startsWith(`${edge.from}:${edge.to}`), edge.name).toBe(true);
    }
  });

  it('lets nothing of the shop out of a private network but by its stated crossings', () => {
    for (const { name, nodes, crossings } of level.privateNetworks ?? []) {
      const inside = (node: string): boolean => nodes.includes(node);
      const leaving = level.edges
        .filter((edge) => edge.plane !== 'telemetry')
        .filter((edge) => sourcesOf(edge).some(inside) !== inside(edge.to))
        .map((edge) => edge.name);
      expect(leaving.toSorted(), name).toEqual(crossings.toSorted());
      for (const node of nodes) expect(level.nodes.find((one) => one.name === node)?.role, node).toBe('user');
    }
  });
});

it('knows from level 4 on two private networks, and one way from one into the other', () => {
  expect(levels.map(({ privateNetworks = [] }) => privateNetworks.map(({ name }) => name))).toEqual([
    [],
    [],
    [],
    ['edge', 'data'],
  ]);
  const [edge, data] = levels[3]?.privateNetworks ?? [];
  const both = edge?.crossings.filter((name) => data?.crossings.includes(name));
  expect(both).toEqual(['api-1:pgbouncer-1', 'api-2:pgbouncer-1']);
  expect(data?.crossings).toEqual(both);
});

it('keeps feeds in the database unless it is told otherwise, and takes nothing away for documents', () => {
  for (const [index, level] of levels.entries()) {
    expect(withFeed(level)).toBe(level);
    const { nodes, edges } = withDocuments[index]!;
    expect(nodes.slice(0, -1)).toEqual(level.nodes);
    expect(edges.slice(0, level.edges.length)).toEqual(level.edges);
    const apis = nodes.filter(({ kind }) => kind === 'shop-api').map(({ name }) => name);
    expect(edges.slice(level.edges.length).map(({ name }) => name)).toEqual(
      apis.map((api) => `${api}:documents-1`),
    );
  }
});

it('has documents in the private network of the data', () => {
  const [, data] = withDocuments[3]?.privateNetworks ?? [];
  expect(data?.nodes).toContain('documents-1');
});
