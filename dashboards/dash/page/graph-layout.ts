import type { EdgeSight, NodeSight } from '../sight.ts';

export interface PlacedNode {
  readonly node: NodeSight;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: EdgeSight;
  readonly from: PlacedNode;
  readonly to: PlacedNode;
}

export interface Graph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** From middle to middle, along the way of a request and across it. */
export interface Spacing {
  readonly along: number;
  readonly across: number;
  /** Requests go from the top to the bottom, and not from the left to the right. */
  readonly upright: boolean;
}

/** Pure: the shop and its users, each as far in as a request has to go to reach it. */
export function layOut(
  nodes: readonly NodeSight[],
  edges: readonly EdgeSight[],
  { along, across, upright }: Spacing,
): Graph {
  const carrying = edges.filter(({ plane }) => plane === 'data');
  const entry = edges.filter(
    ({ plane, from, to }) =>
      plane === 'observer' &&
      from.some((name) => kindOf(nodes, name) === 'load-client') &&
      nodes.find(({ node }) => node === to)?.role === 'user',
  );
  const drawn = [...entry, ...carrying];
  const shown = nodes.filter(({ node }) => drawn.some(({ from, to }) => from.includes(node) || to === node));
  const depths = depthsOf(shown, drawn);
  const deepest = Math.max(0, ...depths.values());
  const layers = Array.from({ length: deepest + 1 }, (_, depth) =>
    shown.filter(({ node }) => depths.get(node) === depth),
  );
  const widest = Math.max(1, ...layers.map((layer) => layer.length));
  const placed = layers.flatMap((layer, depth) =>
    layer.map((node, index): PlacedNode => {
      const a = (depth + 0.5) * along;
      const b = (index + 0.5 + (widest - layer.length) / 2) * across;
      return upright ? { node, x: b, y: a } : { node, x: a, y: b };
    }),
  );
  const place = (name: string): PlacedNode | undefined => placed.find(({ node }) => node.node === name);
  const [a, b] = [layers.length * along, widest * across];
  return {
    width: upright ? b : a,
    height: upright ? a : b,
    nodes: placed,
    edges: drawn.flatMap((edge) =>
      edge.from.flatMap((source) => {
        const [from, to] = [place(source), place(edge.to)];
        return from === undefined || to === undefined ? [] : [{ edge, from, to }];
      }),
    ),
  };
}

const kindOf = (nodes: readonly NodeSight[], name: string): string | undefined =>
  nodes.find(({ node }) => node === name)?.kind;

/** The longest way in; peers of one kind stand beside each other. */
function depthsOf(nodes: readonly NodeSight[], edges: readonly EdgeSight[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (name: string, above: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const sources = edges
      .filter(({ to }) => to === name)
      .flatMap(({ from }) => from)
      .filter((source) => !above.includes(source) && kindOf(nodes, source) !== kindOf(nodes, name));
    const depth =
      sources.length === 0 ? 0 : 1 + Math.max(...sources.map((one) => depthOf(one, [...above, name])));
    depths.set(name, depth);
    return depth;
  };
  for (const { node } of nodes) depthOf(node, []);
  return depths;
}
