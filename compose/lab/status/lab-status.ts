import type { EdgeReading, NodeReading } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import { labLockHeld } from '../control/lab-lock.ts';
import { isReady } from '../control/probe.ts';
import type { LabState } from '../state.ts';

export interface NodeStatus extends NodeReading {
  readonly ready: boolean;
  /** port name → port on 127.0.0.1. */
  readonly ports: Readonly<Record<string, number>>;
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
  readonly nodes: readonly NodeStatus[];
  readonly edges: readonly EdgeStatus[];
}

export async function labStatus(state: LabState): Promise<LabStatus> {
  const { nodes, edges } = await createControl(state).read();
  const { labId, level, clock, home, startedAt, toxiproxyPort } = state;
  return {
    labId,
    level,
    clock,
    home,
    startedAt,
    held: labLockHeld(home),
    toxiproxyPort,
    nodes: await Promise.all(nodes.map((node) => nodeStatus(state, node))),
    edges: edges.flatMap((edge) => {
      const ports = state.edges[edge.edge];
      return ports === undefined ? [] : [{ ...edge, ...ports }];
    }),
  };
}

async function nodeStatus(state: LabState, reading: NodeReading): Promise<NodeStatus> {
  const probe = state.probes[reading.node];
  const ready = reading.running && probe !== undefined && (await isReady(probe));
  return { ...reading, ready, ports: state.nodes[reading.node] ?? {} };
}
