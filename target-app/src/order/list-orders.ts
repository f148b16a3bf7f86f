import type { Queries } from '../data/database.ts';

interface ListedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly totalCents: number;
  /** ISO 8601. */
  readonly placedAt: string;
}

/** From the projection: newest first. */
export async function listOrders(
  queries: Queries,
  customer: string,
  limit: number,
): Promise<readonly ListedOrder[]> {
  const rows = await queries.rows<Omit<ListedOrder, 'placedAt'> & { placedAt: Date }>(
    `SELECT order_id AS "orderId", status, total_cents AS "totalCents", placed_at AS "placedAt"
       FROM order_view WHERE customer = $1 ORDER BY placed_at DESC LIMIT $2`,
    [customer, limit],
  );
  return rows.map((row) => ({ ...row, placedAt: row.placedAt.toISOString() }));
}
