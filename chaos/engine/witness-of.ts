import { databaseUrlThrough, edgeUrl, type LabState, pgbouncerAdminUrl } from '@firedrill/lab';
import { createControl } from '@firedrill/lab/control';
import type { Edge, Level, NodeKind } from '@firedrill/topology';
import { faultNamed } from '../faults/index.ts';
import type { PlannedFault } from '../journal/event.ts';
import { gaugesOf } from '../witness/gauges.ts';
import type { Endpoint } from '../witness/probe.ts';
import { Witness } from '../witness/witness.ts';

/**
 * A witness for one planned fault. It asks through each edge's own proxy port: from where its source sits.
 * @param operated an operator works on the servers while the fault is in: their edges say nothing of its blast radius.
 */
export function witnessOf(lab: LabState, topology: Level, fault: PlannedFault, operated = false): Witness {
  const isTouched = (edge: Edge): boolean =>
    fault.edges.includes(edge.name) || fault.reach.includes(edge.name) || fault.nodes.includes(edge.to);
  const endpoints = (edges: readonly Edge[]): readonly Endpoint[] =>
    edges.map((edge) => endpointOf(lab, topology, edge, isTouched(edge)));
  // Reading only: what changes the lab is the guardian's.
  const control = createControl(lab);
  const { gauge, asksToHangUp = false } = faultNamed(fault.fault);
  return new Witness({
    touched: endpoints(topology.edges.filter(isTouched)),
    untouched: endpoints(
      topology.edges.filter((edge) => !isTouched(edge) && !(operated && leadsTo(topology, edge, 'postgres'))),
    ),
    nodes: fault.nodes,
    readNodes: async () => (await control.read()).nodes,
    hangUp: asksToHangUp,
    ...(gauge === undefined ? {} : { gauge: gaugesOf(lab)[gauge] }),
  });
}

const leadsTo = (topology: Level, { to }: Pick<Edge, 'to'>, kind: NodeKind): boolean =>
  topology.nodes.some((node) => node.name === to && node.kind === kind);

function endpointOf(
  lab: LabState,
  topology: Level,
  { name, to, protocol }: Edge,
  touched: boolean,
): Endpoint {
  if (protocol === 'http') return { edge: name, url: edgeUrl(lab, name) };
  const isPool = leadsTo(topology, { to }, 'pgbouncer');
  // A statement goes on to the server behind the pool: that one away must not look like this edge cut.
  return isPool && !touched
    ? { edge: name, url: pgbouncerAdminUrl(lab, name), statement: 'SHOW VERSION' }
    : { edge: name, url: databaseUrlThrough(lab, name) };
}
