import type { LabState } from '../state.ts';
import { asSuperuser } from './admin-connection.ts';

/** What one PostgreSQL server says of itself. */
export interface ServerReading {
  readonly node: string;
  readonly role: 'primary' | 'standby';
  readonly timeline: number;
  /** Where its own WAL ends: written by a primary, received or replayed by a standby. */
  readonly lsn: string;
  /** The same in bytes, to compare servers by. */
  readonly position: number;
  /** A standby's: how far its readers see. */
  readonly replayedPosition: number;
  readonly replayedLsn: string;
  /** A standby's: commit time of the last transaction that it replayed. */
  readonly lastReplayedAt: string | undefined;
  /** A standby's: the node that it receives WAL from now. */
  readonly streamsFrom: string | undefined;
  readonly replayPaused: boolean;
}

const question = `
  SELECT pg_is_in_recovery() AS standby,
         CASE WHEN pg_is_in_recovery() THEN greatest(receiver.received_tli, known.timeline)
              ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline,
         ends.lsn::text, pg_wal_lsn_diff(ends.lsn, '0/0')::float8 AS position,
         seen.lsn::text AS replayed_lsn, pg_wal_lsn_diff(seen.lsn, '0/0')::float8 AS replayed_position,
         pg_last_xact_replay_timestamp() AS last_replayed_at,
         CASE WHEN receiver.status = 'streaming' THEN receiver.sender_port END AS sender_port,
         CASE WHEN pg_is_in_recovery() THEN pg_get_wal_replay_pause_state() <> 'not paused' ELSE false END AS paused
    -- Its checkpoints may be older than the promotion that it follows since.
    FROM (SELECT max(('x' || substr(name, 1, 8))::bit(32)::int) AS timeline
            FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$') AS known
    LEFT JOIN pg_stat_wal_receiver AS receiver ON true,
         LATERAL (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn) AS seen,
         -- A receiver that began anew counts from the beginning of a segment, which was replayed before.
         LATERAL (SELECT greatest(seen.lsn, pg_last_wal_receive_lsn()) AS lsn) AS ends`;

interface Answer {
  readonly standby: boolean;
  readonly timeline: number;
  readonly lsn: string;
  readonly position: number;
  readonly replayed_lsn: string;
  readonly replayed_position: number;
  readonly last_replayed_at: Date | null;
  readonly sender_port: number | null;
  readonly paused: boolean;
}

/** Asks a server straight. @returns `undefined` when it does not answer in time. */
export async function readServer(
  state: LabState,
  node: string,
  deadlineMs = 1000,
): Promise<ServerReading | undefined> {
  try {
    const { rows } = await asSuperuser(state, node, (client) => client.query<Answer>(question), deadlineMs);
    const [answer] = rows;
    return answer === undefined ? undefined : readingOf(state, node, answer);
  } catch {
    return undefined;
  }
}

function readingOf(state: LabState, node: string, answer: Answer): ServerReading {
  const from = Object.entries(state.edges).find(
    ([edge, { listen }]) => listen === answer.sender_port && edge.startsWith(`${node}:`),
  )?.[0];
  return {
    node,
    role: answer.standby ? 'standby' : 'primary',
    timeline: answer.timeline,
    lsn: answer.lsn,
    position: answer.position,
    replayedLsn: answer.replayed_lsn,
    replayedPosition: answer.replayed_position,
    lastReplayedAt: answer.last_replayed_at?.toISOString(),
    streamsFrom: from?.slice(node.length + 1),
    replayPaused: answer.paused,
  };
}
