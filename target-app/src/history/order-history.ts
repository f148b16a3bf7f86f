import type { z } from 'zod';
import type { Queries } from '../data/database.ts';
import { greatestUuid, pageOf } from '../http/page.ts';
import type { historyQuerySchema, historySchema } from './history-schemas.ts';

type History = z.output<typeof historySchema>;
type HistoryOrder = History['orders'][number];

/**
 * The customer's orders with all that became of them: lines, products, payment, returns and the customer's own reviews. Returns
 * are added up for the lines of this page: a grouped subquery would add up everybody's, each time.
 */
export const historySql = `
  SELECT o.id AS "orderId", o.status, o.created_at AS "placedAt", o.total_cents AS "totalCents",
         paid.refunded_cents AS "refundedCents",
         json_agg(json_build_object(
           'sku', line.sku, 'name', product.name, 'quantity', line.quantity, 'unitCents', line.unit_cents,
           'returned', coalesce(back.units, 0), 'rating', review.rating
         ) ORDER BY line.sku) AS lines
    FROM (
      SELECT * FROM customer_order WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3
    ) o
    JOIN payment paid ON paid.order_id = o.id
    JOIN order_line line ON line.order_id = o.id
    JOIN product ON product.sku = line.sku
    LEFT JOIN LATERAL (
      SELECT sum(part.quantity)::integer AS units
        FROM order_return goods JOIN order_return_line part ON part.return_id = goods.id
       WHERE goods.order_id = o.id AND part.sku = line.sku
    ) back ON true
    LEFT JOIN review ON review.customer = o.customer AND review.sku = line.sku
   GROUP BY o.id, o.status, o.created_at, o.total_cents, paid.refunded_cents
   ORDER BY o.id DESC`;

/** Newest first. Order ids grow with time, so an id is the place in the list. */
export async function orderHistory(
  queries: Queries,
  customer: string,
  query: z.output<typeof historyQuerySchema>,
): Promise<History> {
  const rows = await queries.rows<Omit<HistoryOrder, 'placedAt'> & { placedAt: Date }>(historySql, [
    customer,
    query.before ?? greatestUuid,
    query.limit + 1,
  ]);
  const { page, last } = pageOf(rows, query.limit);
  return {
    orders: page.map((row) => ({ ...row, placedAt: row.placedAt.toISOString() })),
    ...(last === undefined ? {} : { next: last.orderId }),
  };
}
