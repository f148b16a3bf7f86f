import type { ClusterMember, ClusterReading } from '../patroni/cluster.ts';
import { readServer, type ServerReading } from '../replication/read-server.ts';
import { hasStandbys, serversOf } from '../replication/servers.ts';
import type { LabState } from '../state.ts';

/** A PostgreSQL among others: what it is, and how far its readers are behind. */
export interface ServerStatus {
  readonly role: ServerReading['role'];
  /** Where the servers choose: what they agreed on; `undefined` when none of them reaches the store. */
  readonly place?: ClusterMember['role'];
  readonly timeline: number;
  /** A standby's: the node that it streams from; `undefined` while it does not. */
  readonly streamsFrom: string | undefined;
  /** WAL that the primary wrote and it did not replay; `undefined` when no primary answers. */
  readonly lagBytes: number | undefined;
  /** Age of the newest commit that it replayed, 0 when it replayed all that the primary wrote. */
  readonly lagMs: number | undefined;
}

/** Node → status, for the servers of a level with standbys; those that do not answer are left out. */
export async function serverStatuses(
  state: LabState,
  cluster: ClusterReading | undefined,
): Promise<ReadonlyMap<string, ServerStatus>> {
  if (!hasStandbys(state)) return new Map();
  const readings = await Promise.all(serversOf(state).map((node) => readServer(state, node)));
  const answering = readings.filter((reading) => reading !== undefined);
  const now = Date.now();
  return new Map(
    answering.map((reading) => {
      const place = cluster?.members.find(({ name }) => name === reading.node)?.role;
      const status = serverStatus(reading, answering, now);
      return [reading.node, place === undefined ? status : { ...status, place }];
    }),
  );
}

/** Pure. */
export function serverStatus(
  reading: ServerReading,
  all: readonly ServerReading[],
  now: number,
): ServerStatus {
  const { role, timeline, streamsFrom } = reading;
  if (role === 'primary') return { role, timeline, streamsFrom: undefined, lagBytes: 0, lagMs: 0 };
  const primary = all.find((one) => one.role === 'primary');
  const lagBytes = primary && Math.max(0, primary.position - reading.replayedPosition);
  const age =
    reading.lastReplayedAt === undefined ? undefined : Math.max(0, now - Date.parse(reading.lastReplayedAt));
  return { role, timeline, streamsFrom, lagBytes, lagMs: lagBytes === 0 ? 0 : age };
}
