import type { Database, Queries } from '../data/database.ts';
import { DatabaseUnavailable } from '../data/database-errors.ts';
import type { Deadline } from '../data/deadline.ts';

/** A charge whose order the database does not know: a promotion lost the order, the provider kept the money. */
export interface Orphan {
  readonly orderId: string;
  readonly captureKey: string;
}

/** How long each charge without an order has been watched. */
export interface OrphanWatch {
  /**
   * Takes one round's findings in. A charge is due when two rounds or more have missed its order, for so long.
   * @returns the orders whose charges are due.
   */
  missed(orderIds: ReadonlySet<string>): readonly string[];
}

/** @param clock ms, monotonic. */
export function watchOrphans(ageMs: number, clock: () => number): OrphanWatch {
  let since = new Map<string, number>();
  return {
    missed: (orderIds) => {
      const now = clock();
      const before = since;
      since = new Map([...orderIds].map((id) => [id, before.get(id) ?? now]));
      return [...since].filter(([id, first]) => before.has(id) && now - first >= ageMs).map(([id]) => id);
    },
  };
}

/**
 * Pure: whether so many charges without an order can be what a promotion lost. A database that knows hardly any of them is
 * rather the wrong one, and taking all money back would be worse than waiting for somebody to look.
 */
export function plausible(orphans: number, charges: number): boolean {
  return orphans <= Math.max(20, charges / 2);
}

const probeSql = `
  INSERT INTO customer_order (id, customer, idempotency_key, status, sequence, total_cents, hold_expires_at)
  VALUES ($1, 'orphan', $2, 'held', 1, 1, now())
  ON CONFLICT (id) DO NOTHING RETURNING 1`;

class Undone extends Error {}

/**
 * Whether the order is surely not there, and not being written either: to write it, and take that back, waits for whoever
 * is at it (a commit that has not come through yet holds its place), and is refused by a server that is not the primary.
 */
export async function isAbsent(database: Database, orderId: string, deadline: Deadline): Promise<boolean> {
  let absent = false;
  const probe = async (queries: Queries) => {
    absent = (await queries.rows(probeSql, [orderId, `orphan-${orderId}`])).length === 1;
    throw new Undone();
  };
  await database.transaction(deadline, probe).catch((error: unknown) => {
    // Somebody is at it for longer than a lock is waited for: it may be there the next time.
    const isWritten = error instanceof DatabaseUnavailable && error.reason === 'busy';
    if (!(error instanceof Undone) && !isWritten) throw error;
  });
  return absent;
}
