import type { Queries } from '../data/database.ts';

export interface OrderEvent {
  readonly orderId: string;
  readonly sequence: number;
  readonly payload: {
    readonly customer: string;
    readonly status: string;
    readonly totalCents: number;
    readonly placedAt: string;
  };
}

/**
 * Takes one event into the customers' order list. In the same transaction it is recognised as seen before (nothing
 * happens), as the next one (taken), or as one whose predecessor has not come yet.
 *
 * @returns false for the last: it must be offered again.
 */
export async function projectOrderView(queries: Queries, event: OrderEvent): Promise<boolean> {
  const { orderId, sequence, payload } = event;
  if (sequence === 1) {
    await queries.rows(
      `INSERT INTO order_view (order_id, customer, status, total_cents, last_sequence, placed_at)
       VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (order_id) DO NOTHING`,
      [orderId, payload.customer, payload.status, payload.totalCents, payload.placedAt],
    );
    return true;
  }
  const next = await queries.rows(
    `UPDATE order_view SET status = $3, last_sequence = $2 WHERE order_id = $1 AND last_sequence = $2 - 1 RETURNING 1`,
    [orderId, sequence, payload.status],
  );
  if (next.length > 0) return true;
  const seen = await queries.rows('SELECT 1 FROM order_view WHERE order_id = $1 AND last_sequence >= $2', [
    orderId,
    sequence,
  ]);
  return seen.length > 0;
}
