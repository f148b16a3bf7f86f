import type { Level } from '@firedrill/topology';
import type { LabState } from '../state.ts';

export type LabPorts = Pick<LabState, 'nodes' | 'edges' | 'toxiproxyPort'>;

/** Pure: how many ports a level takes: one per listener, one per edge, one for Toxiproxy's API. */
export function portCount(level: Level): number {
  return level.nodes.reduce((sum, node) => sum + node.ports.length, 0) + level.edges.length + 1;
}

/** Pure: gives each listener and each edge its port, in the topology's order. */
export function planPorts(level: Level, ports: readonly number[]): LabPorts {
  const left = [...ports];
  const next = (): number => {
    const port = left.shift();
    if (port === undefined)
      throw new RangeError(`a level ${level.number} lab needs ${portCount(level)} ports`);
    return port;
  };
  const toxiproxyPort = next();
  const nodes = Object.fromEntries(
    level.nodes.map((node) => [node.name, Object.fromEntries(node.ports.map((port) => [port, next()]))]),
  );
  const edges = Object.fromEntries(
    level.edges.map((edge) => {
      const upstream = nodes[edge.to]?.[edge.port];
      if (upstream === undefined) throw new RangeError(`edge ${edge.name} leads to no port`);
      return [edge.name, { listen: next(), upstream }];
    }),
  );
  return { nodes, edges, toxiproxyPort };
}
