import type { Database } from '../database.ts';
import { DatabaseUnavailable } from '../database-errors.ts';
import type { Deadline } from '../deadline.ts';
import type { Look } from '../transaction.ts';
import { currentSession, type Session } from './session.ts';
import { covers, type Position, parseLsn } from './token.ts';

/** On a primary: which history it writes, a promotion begins a new one. */
export const timelineSql = "('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::integer";

/**
 * A replica cannot say whose WAL it replays; the heartbeat that it has replayed names its timeline. Whether it has begun to follow
 * anybody since it was started it can.
 */
const sql = `
  SELECT pg_is_in_recovery() AS "inRecovery",
         (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END)::text AS lsn,
         CASE WHEN pg_is_in_recovery() THEN (SELECT timeline FROM replication_heartbeat)
              ELSE ${timelineSql} END AS timeline,
         pg_last_wal_receive_lsn() IS NOT NULL AS follows`;

/** The server is not, or not yet, where the session needs it to be. */
export class Behind extends DatabaseUnavailable {
  constructor() {
    super('busy', new Error('the server has not got what this customer wrote or saw'));
  }
}

/**
 * What a unit of work looks at before it reads: the server has all that the session asks for, or nothing is read. A primary that lost its
 * place and was started as a replica of nobody shows what it had committed and never acknowledged, until it is taken back.
 */
export function mustCover(session: Session, server: 'primary' | 'replica'): Look | undefined {
  const { token } = session;
  const isReplica = server === 'replica';
  if (token === undefined && !isReplica) return undefined;
  return {
    sql,
    seen: (row) => {
      if (row['inRecovery'] !== isReplica || (isReplica && row['follows'] !== true)) throw new Behind();
      if (token !== undefined && !covers(positionIn(row), token)) throw new Behind();
    },
  };
}

/** What a unit of work looks at when it is done: the session has come so far. None for who works for nobody. */
export function notePosition(server: 'primary' | 'replica'): Look | undefined {
  const session = currentSession();
  if (session === undefined) return undefined;
  return { sql, seen: (row) => session.reached(positionIn(row), server === 'replica') };
}

function positionIn(row: Readonly<Record<string, unknown>>): Position {
  const { lsn, timeline } = row;
  if (typeof lsn === 'string' && typeof timeline === 'number') return { lsn: parseLsn(lsn), timeline };
  throw new Behind();
}

/**
 * What a replica showed may still wait for its acknowledgement on the primary, which does not show it until then. A commit of
 * one's own waits behind it.
 */
export async function acknowledgeSeen(
  session: Session,
  primary: Database,
  deadline: Deadline,
): Promise<void> {
  if (session.token?.seen !== true) return;
  await primary.transaction(deadline, (queries) =>
    queries.rows("SELECT pg_logical_emit_message(true, 'shop', 'seen')"),
  );
  session.confirm();
}
