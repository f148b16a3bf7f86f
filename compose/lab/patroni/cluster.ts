import { z } from 'zod';
import { serversOf } from '../replication/servers.ts';
import type { LabState } from '../state.ts';
import { askPatroni } from './patroni-api.ts';

/** What the store says of one server: who wrote it is the server itself, some time in the last seconds. */
export interface ClusterMember {
  readonly name: string;
  readonly role: 'leader' | 'synchronous' | 'standby';
  /** `running` of a leader, `streaming` of a standby that is well. */
  readonly state: string;
  readonly timeline: number | undefined;
  /** WAL that the leader has and it has not yet received. */
  readonly lagBytes: number | undefined;
}

/** The cluster as Patroni has it in etcd. */
export interface ClusterReading {
  readonly leader: string | undefined;
  /** Patroni does nothing by itself: an operator has asked it to. */
  readonly paused: boolean;
  readonly members: readonly ClusterMember[];
}

const clusterSchema = z
  .object({
    pause: z.boolean().default(false),
    members: z.array(
      z.object({
        name: z.string(),
        role: z.string(),
        state: z.string(),
        timeline: z.number().optional(),
        receive_lag: z.union([z.number(), z.string()]).optional(),
      }),
    ),
  })
  .transform(
    ({ pause, members }): ClusterReading => ({
      leader: members.find(({ role }) => role === 'leader')?.name,
      paused: pause,
      members: members.map(({ name, role, state, timeline, receive_lag: lag }) => ({
        name,
        role: role === 'leader' ? role : role === 'sync_standby' ? 'synchronous' : 'standby',
        state,
        timeline,
        lagBytes: typeof lag === 'number' ? lag : undefined,
      })),
    }),
  );

/** Asks every server, each of which has so long; `undefined` when none reaches the store. */
export async function readCluster(state: LabState, withinMs?: number): Promise<ClusterReading | undefined> {
  const ask = (node: string) => askPatroni(state, node, '/cluster', clusterSchema, withinMs);
  return newestOf(await Promise.all(serversOf(state).map(ask)));
}

/** Pure: who is cut off from the store may still answer with what it heard last, so the newest leader counts. */
export function newestOf(answers: readonly (ClusterReading | undefined)[]): ClusterReading | undefined {
  const timeline = ({ leader, members }: ClusterReading): number =>
    leader === undefined ? -1 : (members.find(({ name }) => name === leader)?.timeline ?? 0);
  return answers
    .filter((answer) => answer !== undefined)
    .reduce<ClusterReading | undefined>(
      (newest, answer) => (newest === undefined || timeline(answer) > timeline(newest) ? answer : newest),
      undefined,
    );
}

/**
 * Pure: whether a server is what it shall be: the leader, or a standby that streams on its timeline. Once one streams, one must also be
 * named to confirm the commits: without that nobody could take over.
 */
export function isPlaced(cluster: ClusterReading | undefined, node: string): boolean {
  const leader = cluster?.members.find(({ role }) => role === 'leader');
  const member = cluster?.members.find(({ name }) => name === node);
  if (leader === undefined || member === undefined || leader.state !== 'running') return false;
  const streams = ({ state, timeline }: ClusterMember): boolean =>
    state === 'streaming' && timeline === leader.timeline;
  const others = cluster?.members.filter((one) => one !== leader) ?? [];
  const confirmed = others.some(({ role }) => role === 'synchronous');
  return member === leader ? confirmed || !others.some(streams) : confirmed && streams(member);
}
