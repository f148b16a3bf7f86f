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
 * An order's view moves on by the events that follow its last one without a gap. `taken` are these and those it had seen
 * before; an event whose predecessor has not come yet is in neither.
 */
const projectSql = `
  WITH event AS (
    SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::timestamptz[])
      AS event (order_id, sequence, customer, status, total_cents, placed_at)
  ), view AS (
    SELECT order_id, last_sequence FROM order_view WHERE order_id = ANY ($1::uuid[]) ORDER BY order_id FOR UPDATE
  ), after AS (
    SELECT event.*, coalesce(view.last_sequence, 0) AS last,
           event.sequence - row_number() OVER (PARTITION BY event.order_id ORDER BY event.sequence) AS base
      FROM event LEFT JOIN view USING (order_id) WHERE event.sequence > coalesce(view.last_sequence, 0)
  ), next AS (
    SELECT * FROM after WHERE base = last
  ), moved AS (
    INSERT INTO order_view (order_id, customer, status, total_cents, last_sequence, placed_at)
    SELECT DISTINCT ON (order_id) order_id, customer, status, total_cents, sequence, placed_at
      FROM next ORDER BY order_id, sequence DESC
    ON CONFLICT (order_id) DO UPDATE SET status = excluded.status, last_sequence = excluded.last_sequence
      WHERE order_view.last_sequence < excluded.last_sequence
  )
  SELECT order_id AS "orderId", sequence FROM next
  UNION ALL
  SELECT event.order_id, event.sequence FROM event JOIN view USING (order_id) WHERE event.sequence <= view.last_sequence`;

/**
 * Takes events into the customers' order list, each once, whatever their order and however often they come.
 * @returns those that are in it now; the others must be offered again, when their predecessors have come.
 */
export async function projectOrderView<E extends OrderEvent>(
  queries: Queries,
  events: readonly E[],
): Promise<readonly E[]> {
  if (events.length === 0) return [];
  const taken = await queries.rows<{ orderId: string; sequence: number }>(projectSql, [
    events.map(({ orderId }) => orderId),
    events.map(({ sequence }) => sequence),
    events.map(({ payload }) => payload.customer),
    events.map(({ payload }) => payload.status),
    events.map(({ payload }) => payload.totalCents),
    events.map(({ payload }) => payload.placedAt),
  ]);
  const names = new Set(taken.map(({ orderId, sequence }) => `${orderId} ${sequence}`));
  return events.filter(({ orderId, sequence }) => names.has(`${orderId} ${sequence}`));
}
