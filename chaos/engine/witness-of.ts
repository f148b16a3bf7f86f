import { databaseUrlThrough, edgeUrl, type LabState } from '@firedrill/lab';
import { createControl } from '@firedrill/lab/control';
import type { Level } from '@firedrill/topology';
import type { PlannedFault } from '../journal/event.ts';
import type { Endpoint } from '../witness/probe.ts';
import { Witness } from '../witness/witness.ts';

/** A witness for one planned fault. It asks through each edge's own proxy port: from where its source sits. */
export function witnessOf(lab: LabState, topology: Level, fault: PlannedFault): Witness {
  const endpoints = topology.edges.map((edge) => {
    const touched = fault.edges.includes(edge.name) || fault.nodes.includes(edge.to);
    const url = edge.protocol === 'postgres' ? databaseUrlThrough(lab, edge.name) : edgeUrl(lab, edge.name);
    return { touched, endpoint: { edge: edge.name, url } satisfies Endpoint };
  });
  // Reading only: what changes the lab is the guardian's.
  const control = createControl(lab);
  return new Witness({
    touched: endpoints.filter((one) => one.touched).map((one) => one.endpoint),
    untouched: endpoints.filter((one) => !one.touched).map((one) => one.endpoint),
    nodes: fault.nodes,
    readNodes: async () => (await control.read()).nodes,
  });
}
