import pg from 'pg';
import { inChildSpan } from '../telemetry/span.ts';
import { classify, DatabaseUnavailable, isFatal } from './database-errors.ts';
import type { Deadline } from './deadline.ts';
import { type Queries, queriesOn, socketOf } from './statements.ts';
import { inTransaction, type Look } from './transaction.ts';

export type { Queries } from './statements.ts';

/** Each unit of work, with the wait for a connection, ends within the database's deadline. */
export interface Database {
  /**
   * One transaction, READ COMMITTED. Any error rolls it back.
   * @param first looks beside its first statement; when it throws, nothing was done.
   */
  transaction<T>(deadline: Deadline, work: (queries: Queries) => Promise<T>, first?: Look): Promise<T>;
  /** Statements of which each is its own transaction. */
  read<T>(deadline: Deadline, work: (queries: Queries) => Promise<T>): Promise<T>;
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** How it shows in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections at most. */
  readonly size: number;
  /** Callers that may wait for a connection; one more is turned away at once. */
  readonly maxWaiting: number;
  /** Of one unit of work, milliseconds. */
  readonly deadlineMs: number;
  readonly onDeadline: () => void;
  /** An idle connection broke; the pool has already dropped it. */
  readonly onLostConnection: (error: Error) => void;
  /** For a unit of work that begins now: what looks, in the same session, when it is over. */
  readonly last?: () => Look | undefined;
}

/**
 * How much of the deadline may go by before a connection is there. Who gets one later could not end in time, and would
 * take the connection down too: under overload nobody would be served at all.
 */
const shareForConnecting = 0.5;

/**
 * For how many deadlines a connection may go on being made. Its caller has long gone, but the next one finds it: were it given
 * up with its caller, then on a busy machine, where many connect at once and each takes longer than that, nobody ever would.
 */
const connectingOutlives = 3;

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.size,
    connectionTimeoutMillis: options.deadlineMs * connectingOutlives,
    idleTimeoutMillis: 0,
    pipeline: true,
  });
  pool.on('error', options.onLostConnection);

  /** When the database last did what it was asked. */
  let answeredAt = Number.NEGATIVE_INFINITY;

  let waiting = 0;
  let working = 0;
  const reasonWhenLate = () => (performance.now() - answeredAt < options.deadlineMs ? 'busy' : 'connection');

  async function unit<T>(deadline: Deadline, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const allowed = deadline.allow(options.deadlineMs);
    const until = performance.now() + allowed;
    // Of its own waiters only: the pool also counts those who gave up while their connection is still being made. Who finds
    // a place free, whether its connection is there already or has to be made, does not queue.
    const free = options.size - working;
    if (waiting - free >= options.maxWaiting) throw new DatabaseUnavailable(reasonWhenLate());
    waiting += 1;
    const client = await connectWithin(
      pool,
      Math.min(allowed, options.deadlineMs * shareForConnecting),
      reasonWhenLate,
    ).finally(() => {
      waiting -= 1;
    });
    working += 1;
    let expired = false;
    const timer = setTimeout(
      () => {
        expired = true;
        options.onDeadline();
        closeSocket(client);
      },
      Math.max(0, until - performance.now()),
    );
    // Without a listener a socket that breaks between two statements would end the process.
    const ignore = () => {};
    client.on('error', ignore);
    let broken = false;
    try {
      const result = await work(client);
      answeredAt = performance.now();
      return result;
    } catch (error) {
      if (!expired && error instanceof DatabaseUnavailable) {
        broken = error.reason === 'connection';
        throw error;
      }
      const reason = expired ? 'deadline' : classify(error);
      broken = reason === 'deadline' || reason === 'connection' || isFatal(error);
      throw reason === undefined ? error : new DatabaseUnavailable(reason, error);
    } finally {
      clearTimeout(timer);
      client.off('error', ignore);
      working -= 1;
      client.release(broken || expired);
      if (broken || expired) refill();
    }
  }

  let refilling = false;
  /**
   * Puts a connection in the place of one that was given up. On a slow network a unit that had to connect first would
   * always run out of time, give its connection up, and leave the next one to connect again.
   */
  function refill(): void {
    if (refilling || pool.idleCount > 0 || pool.totalCount >= options.size) return;
    refilling = true;
    pool
      .connect()
      .then(
        (client) => client.release(),
        () => {},
      )
      .finally(() => {
        refilling = false;
      });
  }

  return {
    transaction: (deadline, work, first) => {
      const last = options.last?.();
      return inChildSpan('pg.transaction', () =>
        unit(deadline, (client) => inTransaction(client, work, { first, last })),
      );
    },
    read: (deadline, work) => {
      const last = options.last?.();
      return inChildSpan('pg.read', () =>
        unit(deadline, (client) =>
          last === undefined ? work(queriesOn(client)) : inTransaction(client, work, { last }),
        ),
      );
    },
    get connections() {
      return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
    },
    close: () => pool.end(),
  };
}

/** A connection that comes too late for its caller stays in the pool for the next. */
async function connectWithin(
  pool: pg.Pool,
  milliseconds: number,
  reasonWhenLate: () => DatabaseUnavailable['reason'],
): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DatabaseUnavailable(reasonWhenLate())), milliseconds);
  try {
    return await Promise.race([connecting, timeout]);
  } catch (error) {
    connecting.then(
      (late) => late.release(),
      () => {},
    );
    const reason = classify(error);
    throw reason === undefined ? error : new DatabaseUnavailable(reason, error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A cancel request could end a wait for a synchronous standby and make an unreplicated commit visible, so it is never
 * sent: the socket is closed, and the outcome is unknown.
 */
function closeSocket(client: pg.PoolClient): void {
  socketOf(client).destroy();
}
