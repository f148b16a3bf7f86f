import { FiredrillError } from '@firedrill/errors';
import type { Level, NodeKind } from '@firedrill/topology';
import type { FaultTarget, Way } from './fault.ts';

function known(kind: 'edge' | 'node', names: readonly string[], all: readonly string[]): void {
  for (const name of names) {
    if (!all.includes(name)) {
      throw new FiredrillError('fault-refused', `the topology has no ${kind} ${name}`, {
        where: kind,
        fix: `use one of ${all.join(', ')}`,
      });
    }
  }
}

/** The target's edges, checked against the topology. @throws {FiredrillError} `fault-refused` */
export function edgesOf(fault: string, topology: Level, target: FaultTarget): readonly string[] {
  known(
    'edge',
    target.edges,
    topology.edges.map((edge) => edge.name),
  );
  if (target.edges.length === 0 || target.nodes.length > 0) {
    throw new FiredrillError('fault-refused', `${fault} is put on edges, and on nothing else`, {
      where: 'target',
    });
  }
  if (target.ways !== undefined) {
    throw new FiredrillError('fault-refused', `${fault} has no direction`, {
      where: 'target',
      fix: 'leave `direction` out, or take the fault `cut`',
    });
  }
  const observer = topology.edges.find(
    (edge) => edge.plane === 'observer' && target.edges.includes(edge.name),
  );
  if (observer !== undefined) {
    throw new FiredrillError('fault-refused', `edge ${observer.name} carries an observer: it is never cut`, {
      where: 'target',
      fix: 'take an edge of the data or telemetry plane',
    });
  }
  return target.edges;
}

/** The way that is meant on each edge of the target. @throws {FiredrillError} `fault-refused` when none was said. */
export function waysOf(fault: string, { ways }: FaultTarget): Readonly<Record<string, Way>> {
  if (ways !== undefined) return ways;
  throw new FiredrillError('fault-refused', `${fault} goes one way, and none was said`, {
    where: 'target',
    fix: 'add `direction: there` or `direction: back`',
  });
}

/**
 * The target's nodes, checked against the topology.
 * @param kind the only kind of node that can have this fault.
 * @throws {FiredrillError} `fault-refused`
 */
export function nodesOf(
  fault: string,
  topology: Level,
  target: FaultTarget,
  kind?: NodeKind,
): readonly string[] {
  known(
    'node',
    target.nodes,
    topology.nodes.map((node) => node.name),
  );
  if (target.nodes.length === 0 || target.edges.length > 0) {
    throw new FiredrillError('fault-refused', `${fault} is put on nodes, and on nothing else`, {
      where: 'target',
    });
  }
  const observer = topology.nodes.find(
    (node) => node.role === 'observer' && target.nodes.includes(node.name),
  );
  if (observer !== undefined) {
    throw new FiredrillError('fault-refused', `node ${observer.name} is an observer: it is never broken`, {
      where: 'target',
    });
  }
  const other = topology.nodes.find((node) => target.nodes.includes(node.name) && node.kind !== kind);
  if (kind !== undefined && other !== undefined) {
    throw new FiredrillError('fault-refused', `${fault} is put on a ${kind}, and ${other.name} is none`, {
      where: 'target',
    });
  }
  return target.nodes;
}
