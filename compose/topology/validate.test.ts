import { describe, expect, it } from 'vitest';
import { levels } from './levels.ts';

describe.each(levels.map((level) => [level.number, level] as const))('level %i', (_number, level) => {
  it('names each node and each edge once', () => {
    expect(new Set(level.nodes.map((node) => node.name)).size).toBe(level.nodes.length);
    expect(new Set(level.edges.map((edge) => edge.name)).size).toBe(level.edges.length);
  });

  it('has edges only between nodes and ports that exist, named after their ends', () => {
    for (const edge of level.edges) {
      const to = level.nodes.find((node) => node.name === edge.to);
      expect(
        level.nodes.some((node) => node.name === edge.from),
        edge.name,
      ).toBe(true);
      expect(to?.ports, edge.name).toContain(edge.port);
      expect(edge.name.startsWith(`${edge.from}:${edge.to}`), edge.name).toBe(true);
    }
  });
});
