import {
  databaseUrlThrough,
  documentsUrlThrough,
  edgeUrl,
  type LabState,
  nodeUrl,
  pgbouncerAdminUrl,
} from '@firedrill/lab';
import { connectionTable, createControl } from '@firedrill/lab/control';
import { databaseServers, type Edge, type Level, type NodeKind } from '@firedrill/topology';
import { faultNamed } from '../faults/index.ts';
import type { PlannedFault } from '../journal/event.ts';
import { gaugesOf } from '../witness/gauges.ts';
import type { Endpoint } from '../witness/probe.ts';
import { Witness } from '../witness/witness.ts';

const touches = (fault: PlannedFault, { name, to }: Edge): boolean =>
  fault.edges.includes(name) || fault.reach.includes(name) || fault.nodes.includes(to);

/**
 * A witness for one planned fault. It asks through each edge's own proxy port: from where its source sits.
 * Where somebody works on the servers while the fault is in, an operator or the servers themselves, their edges say nothing of its
 * blast radius; nor does a router's, which leads to whatever server leads.
 * @param meanwhile the faults that are in at the same time: what they touch says nothing of it either.
 */
export function witnessOf(
  lab: LabState,
  topology: Level,
  fault: PlannedFault,
  meanwhile: readonly PlannedFault[] = [],
): Witness {
  const servers = databaseServers(topology).map(({ name }) => name);
  const saysNothing = ({ to }: Edge): boolean =>
    leadsTo(topology, { to }, 'database-router') || (fault.expect.operated === true && servers.includes(to));
  const isTouched = (edge: Edge): boolean => touches(fault, edge);
  const isElsewhere = (edge: Edge): boolean =>
    ![fault, ...meanwhile].some((one) => touches(one, edge)) && !saysNothing(edge);
  const endpoints = (edges: readonly Edge[]): readonly Endpoint[] =>
    edges.map((edge) => endpointOf(lab, topology, edge, isTouched(edge)));
  // Nobody in the lab connects to Prometheus: its own listener is asked, as whoever reads it does.
  const unreached = fault.nodes.filter((node) => !topology.edges.some(({ to }) => to === node));
  // Reading only: what changes the lab is the guardian's.
  const control = createControl(lab);
  const { gauge, asksToHangUp = false } = faultNamed(fault.fault);
  return new Witness({
    touched: [
      ...endpoints(topology.edges.filter(isTouched)),
      ...unreached.map((node) => ({ edge: node, url: nodeUrl(lab, node) })),
    ],
    untouched: endpoints(topology.edges.filter(isElsewhere)),
    nodes: fault.nodes,
    readNodes: async () => (await control.read()).nodes,
    connections: connectionTable(lab),
    hangUp: asksToHangUp,
    ...(gauge === undefined ? {} : { gauge: gaugesOf(lab)[gauge] }),
  });
}

const leadsTo = (topology: Level, { to }: Pick<Edge, 'to'>, kind: NodeKind): boolean =>
  topology.nodes.some((node) => node.name === to && node.kind === kind);

function endpointOf(
  lab: LabState,
  topology: Level,
  { name, to, port, protocol }: Edge,
  touched: boolean,
): Endpoint {
  if (protocol === 'http') {
    // Patroni speaks HTTP/1.0.
    const oneAnswer = port === 'rest' && leadsTo(topology, { to }, 'patroni');
    return { edge: name, url: edgeUrl(lab, name), ...(oneAnswer ? { oneAnswer } : {}) };
  }
  if (protocol === 'mongodb') return { edge: name, url: documentsUrlThrough(lab, name) };
  const isPool = leadsTo(topology, { to }, 'pgbouncer');
  // A statement goes on to the server behind the pool: that one away must not look like this edge cut.
  return isPool && !touched
    ? { edge: name, url: pgbouncerAdminUrl(lab, name), statement: 'SHOW VERSION' }
    : { edge: name, url: databaseUrlThrough(lab, name) };
}
