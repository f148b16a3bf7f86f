import type pg from 'pg';
import { beginWith } from './begin-with.ts';
import { DatabaseUnavailable } from './database-errors.ts';
import { type Queries, queriesOn, sendTogether } from './statements.ts';

/** A statement without parameters that answers one row, and who hears of it; one that throws ends the work. */
export interface Look {
  readonly sql: string;
  seen(row: pg.QueryResultRow): void;
}

export interface TransactionLooks {
  /** Beside the first statement, before anybody gets its rows. */
  readonly first?: Look | undefined;
  /** Where the transaction was, when it is over: whether it was committed or rolled back. */
  readonly last?: Look | undefined;
}

/** One transaction, READ COMMITTED. Any error rolls it back. */
export async function inTransaction<T>(
  client: pg.PoolClient,
  work: (queries: Queries) => Promise<T>,
  looks: TransactionLooks = {},
): Promise<T> {
  const transaction = transactionOn(client, looks.first);
  let result: T;
  try {
    result = await work(transaction.queries);
  } catch (error) {
    // Who was turned away by the first look has seen nothing.
    if (transaction.isAsked) await rollBack(client, transaction.isBegun ? looks.last : undefined);
    throw error;
  }
  if (transaction.isAsked) await commit(client, looks.last);
  return result;
}

/** Its first statement begins it. The others wait for that one: without it each of them would stand alone. */
function transactionOn(
  client: pg.PoolClient,
  look: Look | undefined,
): { readonly queries: Queries; readonly isAsked: boolean; readonly isBegun: boolean } {
  const { rows } = queriesOn(client);
  let first: Promise<unknown> | undefined;
  let begun = false;
  const begin = async (sql: string, parameters: readonly unknown[]) => {
    sendTogether(client);
    const found = [...(await beginWith(client, look === undefined ? [] : [look.sql], sql, parameters))];
    const asked = found.pop() ?? [];
    look?.seen(found[0]?.[0] ?? {});
    begun = true;
    return asked;
  };
  return {
    get isAsked() {
      return first !== undefined;
    },
    get isBegun() {
      return begun;
    },
    queries: {
      rows: async <R extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []) => {
        if (first === undefined) {
          const beginning = begin(sql, parameters);
          first = beginning;
          return (await beginning) as R[];
        }
        if (!begun) await first;
        return rows<R>(sql, parameters);
      },
    },
  };
}

/**
 * A commit that somebody cancels while it waits for a standby stands on the primary and perhaps nowhere else. PostgreSQL says
 * so in a warning, and answers as if all were well.
 *
 * @throws {DatabaseUnavailable} then: nobody knows whether it will last.
 */
async function commit(client: pg.PoolClient, look: Look | undefined): Promise<void> {
  let warning: Error | undefined;
  const listen = (notice: {
    readonly message: string | undefined;
    readonly severity: string | undefined;
  }) => {
    if (notice.severity === 'WARNING') warning ??= new Error(notice.message);
  };
  client.on('notice', listen);
  try {
    await end(client, 'COMMIT', look);
  } finally {
    client.off('notice', listen);
  }
  if (warning !== undefined) throw new DatabaseUnavailable('connection', warning);
}

/** On a dead connection it fails too; what went wrong before is what says why. */
async function rollBack(client: pg.PoolClient, look: Look | undefined): Promise<void> {
  let refusal: unknown;
  const told = look && {
    sql: look.sql,
    seen: (row: pg.QueryResultRow) => {
      try {
        look.seen(row);
      } catch (error) {
        refusal = error;
      }
    },
  };
  await end(client, 'ROLLBACK', told).catch(() => {});
  if (refusal !== undefined) throw refusal;
}

/** Chained, so that a pool in between leads the look to the server of the transaction and to no other. */
async function end(client: pg.PoolClient, how: 'COMMIT' | 'ROLLBACK', look: Look | undefined): Promise<void> {
  sendTogether(client);
  if (look === undefined) {
    await client.query(how);
    return;
  }
  const ended = client.query(`${how} AND CHAIN`);
  const looked = client.query(look.sql);
  const [, { rows }] = await Promise.all([ended, looked, client.query('COMMIT')]);
  look.seen(rows[0] ?? {});
}
