import { FiredrillError } from '@firedrill/errors';
import { type Edge, type Level, sourcesOf } from '@firedrill/topology';
import type { FaultTarget, Way } from '../faults/index.ts';
import { shuffled } from '../load/random.ts';
import type { Selector, Side } from './selector-schema.ts';

type Between = Extract<Selector, { readonly between: unknown }>;

function nodesOn(topology: Level, side: Side): readonly string[] {
  if ('role' in side)
    return topology.nodes
      .filter((node) => side.role === 'any' || node.role === side.role)
      .map((node) => node.name);
  const all = topology.nodes.map((node) => node.name);
  for (const name of side.nodes) {
    if (!all.includes(name)) {
      throw new FiredrillError('fault-refused', `the topology has no node ${name}`, {
        fix: `use one of ${all.join(', ')}`,
      });
    }
  }
  return side.nodes;
}

const opposite: Readonly<Record<Way, Way>> = { there: 'back', back: 'there' };

interface Sides {
  readonly one: ReadonlySet<string>;
  readonly other: ReadonlySet<string>;
}

function dials(from: string, to: string, { one, other }: Sides): Way | undefined {
  if (one.has(from) && other.has(to)) return 'there';
  return other.has(from) && one.has(to) ? 'back' : undefined;
}

/**
 * From which side an edge is dialled to the other: `there` from the first.
 * @throws {FiredrillError} `fault-refused` for one proxy that also carries what does not cross.
 */
function crosses(edge: Edge, sides: Sides): Way | undefined {
  const [way, ...others] = new Set(sourcesOf(edge).map((from) => dials(from, edge.to, sides)));
  if (others.length === 0) return way;
  throw new FiredrillError('fault-refused', `${edge.name} is one way for ${sourcesOf(edge).join(', ')}`, {
    where: 'between',
    fix: `put all of them on one side, or kill ${edge.to}`,
  });
}

function crossing(topology: Level, { between, direction, planes }: Between): FaultTarget {
  const other = new Set(nodesOn(topology, between[1]));
  // "Everyone against pg-1" names pg-1 on both sides.
  const sides = { one: new Set(nodesOn(topology, between[0]).filter((node) => !other.has(node))), other };
  const meant = ({ plane }: { readonly plane: Edge['plane'] }): boolean =>
    plane !== 'observer' && (planes?.includes(plane) ?? true);

  const leak = (topology.bypasses ?? [])
    .filter(meant)
    .find(({ from, to }) => dials(from, to, sides) !== undefined);
  if (leak !== undefined) {
    const { from, to, why } = leak;
    throw new FiredrillError('fault-refused', `${from} reaches ${to} past every proxy: ${why}`, {
      where: 'between',
      fix: 'put both on one side; the two sides would go on talking',
    });
  }
  const edges = topology.edges.filter(meant).flatMap((edge) => {
    const way = crosses(edge, sides);
    return way === undefined ? [] : [{ name: edge.name, way }];
  });
  if (edges.length === 0) {
    throw new FiredrillError('fault-refused', 'no edge crosses between the two sides', { where: 'between' });
  }
  const names = edges.map(({ name }) => name);
  if (direction === undefined) return { edges: names, nodes: [], partition: true };
  // What the first side sends goes along the edges that it dials, and comes back on those that the other one dials.
  const ways = edges.map(
    ({ name, way }) => [name, way === 'there' ? direction : opposite[direction]] as const,
  );
  return { edges: names, nodes: [], ways: Object.fromEntries(ways), partition: true };
}

/** So many of the names, in the order in which they were given. */
function picked(names: readonly string[], count: number, random: () => number): readonly string[] {
  if (count > names.length) {
    throw new FiredrillError('fault-refused', `${count} cannot be picked of ${names.join(', ')}`, {
      where: 'pick',
    });
  }
  const drawn = new Set(shuffled(names, random).slice(0, count));
  return names.filter((name) => drawn.has(name));
}

/**
 * Pure: the names that a selector means on this topology. A partition takes every crossing edge: one that was forgotten
 * would let the two sides talk.
 * @param random what a `pick` is drawn from.
 * @throws {FiredrillError} `fault-refused` for an unknown node, when nothing crosses, or when something crosses that no proxy
 * carries, or one that carries other things too.
 */
export function resolveSelector(topology: Level, selector: Selector, random: () => number): FaultTarget {
  if ('between' in selector) return crossing(topology, selector);
  if ('nodes' in selector) return { edges: [], nodes: selector.nodes };
  if ('edges' in selector) {
    const { edges, direction } = selector;
    if (direction === undefined) return { edges, nodes: [] };
    return { edges, nodes: [], ways: Object.fromEntries(edges.map((edge) => [edge, direction])) };
  }
  const { pick, of } = selector;
  return resolveSelector(
    topology,
    'nodes' in of
      ? { nodes: [...picked(of.nodes, pick, random)] }
      : { ...of, edges: [...picked(of.edges, pick, random)] },
    random,
  );
}
