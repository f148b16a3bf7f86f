import type { Database } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';

interface ListedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly totalCents: number;
  /** ISO 8601. */
  readonly placedAt: string;
}

/** From the projection: newest first. */
export async function listOrders(
  database: Database,
  customer: string,
  limit: number,
  deadline: Deadline,
): Promise<readonly ListedOrder[]> {
  const rows = await database.read(deadline, (queries) =>
    queries.rows<Omit<ListedOrder, 'placedAt'> & { placedAt: Date }>(
      `SELECT order_id AS "orderId", status, total_cents AS "totalCents", placed_at AS "placedAt"
         FROM order_view WHERE customer = $1 ORDER BY placed_at DESC LIMIT $2`,
      [customer, limit],
    ),
  );
  return rows.map((row) => ({ ...row, placedAt: row.placedAt.toISOString() }));
}
