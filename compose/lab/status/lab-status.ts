import type { EdgeReading, NodeReading } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import { labLockHeld } from '../control/lab-lock.ts';
import { isReady } from '../control/probe.ts';
import { readOperations } from '../levers/operations.ts';
import type { LabState } from '../state.ts';
import { type OperationsStatus, operationsStatus } from './operations-status.ts';
import { type ServerStatus, serverStatuses } from './server-status.ts';

export interface NodeStatus extends NodeReading {
  readonly ready: boolean;
  /** port name → port on 127.0.0.1. */
  readonly ports: Readonly<Record<string, number>>;
  /** Of a PostgreSQL that follows others or is followed, when it answers. */
  readonly server?: ServerStatus;
}

export interface EdgeStatus extends EdgeReading {
  readonly listen: number;
  readonly upstream: number;
}

/** What `pnpm lab status --json` prints. Secrets are left out. */
export interface LabStatus {
  readonly labId: string;
  readonly level: number;
  readonly clock: LabState['clock'];
  readonly home: string;
  readonly startedAt: string;
  /** Whether a run holds the lab. */
  readonly held: boolean;
  readonly toxiproxyPort: number;
  readonly operations: OperationsStatus;
  readonly nodes: readonly NodeStatus[];
  readonly edges: readonly EdgeStatus[];
}

export async function labStatus(state: LabState): Promise<LabStatus> {
  const [{ nodes, edges }, servers] = await Promise.all([createControl(state).read(), serverStatuses(state)]);
  const { labId, level, clock, home, startedAt, toxiproxyPort } = state;
  return {
    labId,
    level,
    clock,
    home,
    startedAt,
    held: labLockHeld(home),
    toxiproxyPort,
    operations: operationsStatus(readOperations(state)),
    nodes: await Promise.all(nodes.map((node) => nodeStatus(state, node, servers.get(node.node)))),
    edges: edges.flatMap((edge) => {
      const ports = state.edges[edge.edge];
      return ports === undefined ? [] : [{ ...edge, ...ports }];
    }),
  };
}

async function nodeStatus(
  state: LabState,
  reading: NodeReading,
  server: ServerStatus | undefined,
): Promise<NodeStatus> {
  const probe = state.probes[reading.node];
  const ready = reading.running && probe !== undefined && (await isReady(probe));
  const ports = state.nodes[reading.node] ?? {};
  return { ...reading, ready, ports, ...(server === undefined ? {} : { server }) };
}
