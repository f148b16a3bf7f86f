import { FiredrillError } from '@firedrill/errors';
import { type Edge, type Level, sourcesOf } from '@firedrill/topology';
import type { FaultTarget } from '../faults/index.ts';
import type { Selector, Side } from './experiment.ts';

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

/** @throws {FiredrillError} `fault-refused` for one proxy that also carries what does not cross. */
function crosses(edge: Edge, one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const crossing = sourcesOf(edge).map(
    (from) => (one.has(from) && other.has(edge.to)) || (other.has(from) && one.has(edge.to)),
  );
  if (crossing.includes(true) && crossing.includes(false)) {
    throw new FiredrillError('fault-refused', `${edge.name} is one way for ${sourcesOf(edge).join(', ')}`, {
      where: 'between',
      fix: `put all of them on one side, or kill ${edge.to}`,
    });
  }
  return crossing.includes(true);
}

/**
 * Pure: the names that a selector means on this topology. A partition takes every crossing edge: one that was forgotten
 * would let the two sides talk.
 * @throws {FiredrillError} `fault-refused` for an unknown node, or when nothing crosses.
 */
export function resolveSelector(topology: Level, selector: Selector): FaultTarget {
  if ('edges' in selector) return { edges: selector.edges, nodes: [] };
  if ('nodes' in selector) return { edges: [], nodes: selector.nodes };
  const other = new Set(nodesOn(topology, selector.between[1]));
  // "Everyone against pg-1" names pg-1 on both sides.
  const one = new Set(nodesOn(topology, selector.between[0]).filter((node) => !other.has(node)));
  const edges = topology.edges
    .filter((edge) => edge.plane !== 'observer' && crosses(edge, one, other))
    .map((edge) => edge.name);
  if (edges.length === 0) {
    throw new FiredrillError('fault-refused', 'no edge crosses between the two sides', { where: 'between' });
  }
  return { edges, nodes: [] };
}
