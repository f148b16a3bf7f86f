import type { Edge, Level } from '@firedrill/topology';
import { hostNetwork, isForOneNode, toxiproxyHost } from '../../render/compose/container-context.ts';
import { addressIn } from '../../render/compose/network-plan.ts';
import type { LabState } from '../../state.ts';
import type { LabPorts } from '../plan-ports.ts';

/**
 * Pure: how this machine sees a level whose nodes are containers: every node has its own address, and an edge's proxy is Toxiproxy's
 * address in the network of the edge's source, so whoever dials it stands where the source does.
 */
export function dockerAddresses(
  level: Level,
  contained: LabPorts,
  range: string,
): LabPorts & { readonly addresses: NonNullable<LabState['addresses']> } {
  const at = (network: string, who: 'host' | 'toxiproxy' | 'node') => addressIn(level, network, who, range);
  const proxyOf = (edge: Edge): string =>
    at(isForOneNode(level, edge) ? edge.from : hostNetwork, 'toxiproxy');
  return {
    ...contained,
    addresses: {
      [toxiproxyHost]: at(hostNetwork, 'toxiproxy'),
      // The users run on this machine, where only that network reaches them.
      ...Object.fromEntries(
        level.nodes.map(({ name, kind }) => [name, at(name, kind === 'load-client' ? 'host' : 'node')]),
      ),
    },
    edges: Object.fromEntries(
      level.edges.map((edge) => {
        const { listen = 0, upstream = 0 } = contained.edges[edge.name] ?? {};
        const host = proxyOf(edge);
        const told = isForOneNode(level, edge) ? host : '0.0.0.0';
        const proxy = { listen: `${told}:${listen}`, upstream: `${edge.to}:${upstream}` };
        return [edge.name, { host, listen, upstream, proxy }];
      }),
    ),
  };
}

/** Pure: the readiness of a node, asked at its own address. */
export function dockerProbes(
  level: Level,
  probes: LabState['probes'],
  addresses: Readonly<Record<string, string>>,
): LabState['probes'] {
  const nodes = new Set(level.nodes.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(probes).flatMap(([name, probe]) => {
      const host = addresses[name];
      return nodes.has(name) && host !== undefined ? [[name, { ...probe, host }]] : [];
    }),
  );
}
