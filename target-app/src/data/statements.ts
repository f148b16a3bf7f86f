import type { Socket } from 'node:net';
import type pg from 'pg';

/** Runs statements on one connection. */
export interface Queries {
  rows<T extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

/** Each is its own transaction, unless one is open. */
export function queriesOn(client: pg.PoolClient): Queries {
  return {
    rows: async <T extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []) => {
      sendTogether(client);
      return (await client.query<T>(sql, [...parameters])).rows;
    },
  };
}

/** What is asked in one turn of the event loop leaves in one write: each costs more than building its statement. */
export function sendTogether(client: pg.PoolClient): void {
  const socket = socketOf(client);
  socket.cork();
  process.nextTick(() => socket.uncork());
}

export function socketOf(client: pg.PoolClient): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
}
