import { choosesPrimary, levelByNumber } from '@firedrill/topology';
import type { EdgeReading, NodeReading } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import { labLockHeld } from '../control/lab-lock.ts';
import { isReady } from '../control/probe.ts';
import { isSealed } from '../control/sealed.ts';
import { readOperations } from '../levers/operations.ts';
import { type ClusterReading, readCluster } from '../patroni/cluster.ts';
import type { LabState } from '../state.ts';
import { type OperationsStatus, operationsStatus } from './operations-status.ts';
import { type ServerStatus, serverStatuses } from './server-status.ts';

/** What only a fault does to a node; nobody is told while a drill is under way. */
type Broken = Pick<NodeReading, 'stopped' | 'squeezed'>;

export interface NodeStatus extends Omit<NodeReading, keyof Broken>, Partial<Broken> {
  readonly ready: boolean;
  /** Where its ports are, if not on 127.0.0.1. */
  readonly address?: string;
  /** port name → port. */
  readonly ports: Readonly<Record<string, number>>;
  /** Of a PostgreSQL that follows others or is followed, when it answers. */
  readonly server?: ServerStatus;
}

export interface EdgeStatus extends EdgeReading {
  /** Of the proxy, where it is not 127.0.0.1. */
  readonly host?: string | undefined;
  readonly listen: number;
  readonly upstream: number;
}

export interface ClusterStatus {
  readonly leader: string | null;
  readonly synchronous: readonly string[];
  readonly timeline: number | null;
  /** An operator has Patroni do nothing by itself. */
  readonly paused: boolean;
}

/** What `pnpm lab status --json` prints. Secrets are left out. */
export interface LabStatus {
  readonly labId: string;
  readonly level: number;
  readonly runtime: LabState['runtime'];
  readonly clock: LabState['clock'];
  readonly timers?: LabState['timers'];
  /** Where feeds are kept; absent: in the database. */
  readonly feed?: LabState['feed'];
  /** Where the servers choose their leader: what they agreed on, `null` when none of them reaches the store. */
  readonly cluster?: ClusterStatus | null;
  readonly home: string;
  readonly startedAt: string;
  /** Whether a run holds the lab. */
  readonly held: boolean;
  /** A drill's: there are no proxies to be seen until its end. */
  readonly sealed: boolean;
  /** Not while a drill is under way. */
  readonly toxiproxyPort?: number;
  readonly operations: OperationsStatus;
  readonly nodes: readonly NodeStatus[];
  readonly edges: readonly EdgeStatus[];
}

/** Of whoever wants to know how a lab is, on a machine that stalls too. */
const toxiproxyPatienceMs = 10_000;

export async function labStatus(state: LabState): Promise<LabStatus> {
  const { labId, level, runtime, clock, timers, feed, home, startedAt, toxiproxyPort } = state;
  const sealed = isSealed(home);
  const chosen = choosesPrimary(levelByNumber(level));
  const cluster = chosen ? await readCluster(state) : undefined;
  const [{ nodes, edges }, servers] = await Promise.all([
    createControl(state).read(toxiproxyPatienceMs),
    serverStatuses(state, cluster),
  ]);
  return {
    labId,
    level,
    runtime,
    clock,
    ...(timers === undefined ? {} : { timers }),
    ...(feed === undefined ? {} : { feed }),
    ...(chosen ? { cluster: clusterStatus(cluster) } : {}),
    home,
    startedAt,
    held: labLockHeld(home),
    sealed,
    ...(sealed ? {} : { toxiproxyPort }),
    operations: operationsStatus(readOperations(state)),
    nodes: await Promise.all(
      nodes.map((node) => nodeStatus(state, sealed ? unbroken(node) : node, servers.get(node.node))),
    ),
    edges: edges.flatMap((edge) => {
      const ports = state.edges[edge.edge];
      return ports === undefined || sealed ? [] : [{ ...edge, ...ports }];
    }),
  };
}

function clusterStatus(cluster: ClusterReading | undefined): ClusterStatus | null {
  if (cluster === undefined) return null;
  const { leader = null, members, paused } = cluster;
  const synchronous = members.filter(({ role }) => role === 'synchronous').map(({ name }) => name);
  const timeline = members.find(({ name }) => name === leader)?.timeline ?? null;
  return { leader, synchronous, timeline, paused };
}

function unbroken({ node, running, pid }: NodeReading): Omit<NodeReading, keyof Broken> {
  return { node, running, pid };
}

async function nodeStatus(
  state: LabState,
  reading: Omit<NodeReading, keyof Broken>,
  server: ServerStatus | undefined,
): Promise<NodeStatus> {
  const probe = state.probes[reading.node];
  const ready = reading.running && probe !== undefined && (await isReady(probe));
  const ports = state.nodes[reading.node] ?? {};
  const address = state.addresses?.[reading.node];
  return {
    ...reading,
    ready,
    ...(address === undefined ? {} : { address }),
    ports,
    ...(server === undefined ? {} : { server }),
  };
}
