/**
 * The database could not be reached, did not answer in time, or hung up. Whether the transaction was committed is not
 * known: the caller may try again with the same key.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /**
   * `deadline`: the socket was closed by us. `connection`: it failed. `busy`: a lock, a free connection or the partition
   * of this hour was not to be had.
   */
  readonly reason: 'deadline' | 'connection' | 'busy';

  constructor(reason: DatabaseUnavailable['reason'], cause?: unknown) {
    super(`the database is not available (${reason})`, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/** SQLSTATE of lock_not_available, deadlock_detected, serialization_failure, too_many_connections. */
const busyStates = new Set(['55P03', '40P01', '40001', '53300']);
/**
 * SQLSTATE classes 08 (connection), 57P (shutdown, not yet up), 25P03 (idle in transaction), and 25006: who wanted the
 * primary is at a server that only follows one.
 */
const connectionStates = /^(08|57P|25P03|25006)/;
const socketCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND)/;
/** What node-postgres says in words only. */
const connectionMessages =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/;
/** PgBouncer calls everything 08P01: by these words no connection of its pool became free in time, or it takes no more. */
const poolMessages = /^(query_wait_timeout|no more connections allowed)/;

/** What a failure of node-postgres means for the caller; `undefined` when it is a mistake of ours. */
export function classify(error: unknown): DatabaseUnavailable['reason'] | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (busyStates.has(code)) return 'busy';
  if (code === '08P01' && poolMessages.test(error.message)) return 'busy';
  if (code === '23514' && /^no partition of relation/.test(error.message)) return 'busy';
  if (connectionStates.test(code) || socketCodes.test(code)) return 'connection';
  return connectionMessages.test(error.message) ? 'connection' : undefined;
}

/** Whether whoever sent this error has hung up with it. */
export function isFatal(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'FATAL';
}
