import type { Edge, Level } from '@firedrill/topology';
import type { LabState } from '../state.ts';
import { ownAddress } from '../wiring/hosts.ts';

export type LabPorts = Pick<LabState, 'nodes' | 'edges' | 'toxiproxyPort'>;

/** Edges that need a port of their own; those to one advertised address share it, each on its source's host. */
const portKey = ({ name, to, port, advertised }: Edge): string =>
  advertised === true ? `${to}/${port}` : name;

/** Pure: how many ports a level takes: one per listener, one per edge, one for Toxiproxy's API. */
export function portCount(level: Level): number {
  const listeners = level.nodes.reduce((sum, node) => sum + node.ports.length, 0);
  return listeners + new Set(level.edges.map(portKey)).size + 1;
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
  const hostOf = ({ from, advertised }: Edge): string | undefined =>
    advertised === true ? ownAddress(level, from) : undefined;
  return { nodes, edges: planEdges(level, nodes, next, hostOf), toxiproxyPort };
}

/** Pure: both ends of every proxy. @param hostOf where it listens, if not where the others do. */
export function planEdges(
  level: Level,
  nodes: LabState['nodes'],
  next: () => number,
  hostOf: (edge: Edge) => string | undefined,
): LabState['edges'] {
  const taken = new Map<string, number>();
  return Object.fromEntries(
    level.edges.map((edge) => {
      const upstream = nodes[edge.to]?.[edge.port];
      if (upstream === undefined) throw new RangeError(`edge ${edge.name} leads to no port`);
      const listen = taken.get(portKey(edge)) ?? next();
      taken.set(portKey(edge), listen);
      const host = hostOf(edge);
      return [edge.name, { ...(host === undefined ? {} : { host }), listen, upstream }];
    }),
  );
}
