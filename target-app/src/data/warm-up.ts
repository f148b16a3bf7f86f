import type { Database } from './database.ts';
import { Deadline } from './deadline.ts';

const tables = [
  'product',
  'stock',
  'cart',
  'customer_order',
  'order_line',
  'order_transition',
  'idempotency_key',
  'payment',
  'outbox',
];

/**
 * Opens connections and lets each one's server process meet the tables: a cold one needs many times longer for its first
 * transaction, and a crowd that comes first thing would find only cold ones. A database that is away is no hindrance.
 */
export async function warmUp(database: Database, connections: number): Promise<void> {
  const sql = tables.map((table) => `(SELECT count(*) FROM ${table} WHERE false)`).join(', ');
  const visit = () => database.read(Deadline.in(2000), (queries) => queries.rows(`SELECT ${sql}`));
  await Promise.allSettled(Array.from({ length: connections }, visit));
}
