import type { z } from 'zod';
import type { Queries } from '../data/database.ts';
import { isoTime } from '../data/iso-time.ts';
import { pageOf } from '../http/page.ts';
import { orderStates } from '../order/states.ts';
import { cursorOf, placeOf } from './feed-place.ts';
import type { feedQuerySchema, feedSchema } from './feed-schemas.ts';

type Feed = z.output<typeof feedSchema>;

/** How far back a feed reaches: it says what is new, the order history has the rest. */
export const latestOrders = 200;
export const latestCarts = 10;

/**
 * Three sources as one list, newest first: what became of the customer's own orders, what others say about the articles that
 * the customer bought, which articles in the customer's carts are to be had again. Each is cut to one page before they are
 * merged. $1 customer, $2 and $3 the place behind which the page begins, $4 rows, $5 states in which an order was paid.
 */
const feedSql = `
  WITH start AS (
    SELECT timestamptz 'epoch' + $2::bigint * interval '1 microsecond' AS at, $3::text COLLATE "C" AS id
  ), mine AS (
    SELECT id, status FROM customer_order WHERE customer = $1 ORDER BY id DESC LIMIT ${latestOrders}
  ), bought AS (
    SELECT DISTINCT line.sku FROM mine JOIN order_line line ON line.order_id = mine.id WHERE mine.status = ANY ($5)
  ), cart_line AS (
    SELECT line.sku, min(cart.updated_at) AS since
      FROM (SELECT * FROM cart WHERE customer = $1 ORDER BY updated_at DESC LIMIT ${latestCarts}) cart,
           json_to_recordset(cart.lines) AS line (sku text)
     GROUP BY line.sku
  ), item AS (
    (SELECT step.at, 'order.' || step.order_id || '.' || step.sequence AS id,
            json_build_object('kind', 'order', 'orderId', step.order_id, 'status', step.to_status) AS body
       FROM mine JOIN order_transition step ON step.order_id = mine.id, start WHERE step.at <= start.at)
    UNION ALL
    (SELECT review.created_at, 'review.' || review.id,
            json_build_object('kind', 'review', 'sku', review.sku, 'rating', review.rating, 'title', review.title)
       FROM bought, start, LATERAL (
         SELECT * FROM review
          WHERE review.sku = bought.sku AND review.customer <> $1 AND review.created_at <= start.at
            AND (review.created_at < start.at OR 'review.' || review.id < start.id)
          ORDER BY review.created_at DESC, review.id DESC LIMIT $4
       ) review)
    UNION ALL
    (SELECT stock.back_in_stock_at, 'stock.' || stock.sku, json_build_object('kind', 'back-in-stock', 'sku', stock.sku)
       FROM cart_line JOIN stock USING (sku)
      WHERE stock.back_in_stock_at > cart_line.since AND stock.available > 0)
  )
  SELECT item.id, (extract(epoch FROM item.at) * 1000000)::bigint::text AS micros, ${isoTime('item.at')} AS at, item.body
    FROM item, start WHERE item.at < start.at OR (item.at = start.at AND item.id < start.id)
   ORDER BY item.at DESC, item.id COLLATE "C" DESC LIMIT $4`;

interface FeedRow {
  readonly id: string;
  readonly micros: string;
  readonly at: string;
  readonly body: Omit<Feed['items'][number], 'id' | 'at'>;
}

export async function readFeed(
  queries: Queries,
  customer: string,
  query: z.output<typeof feedQuerySchema>,
): Promise<Feed> {
  const start = placeOf(query.before);
  const rows = await queries.rows<FeedRow & Record<string, unknown>>(feedSql, [
    customer,
    start.micros,
    start.id,
    query.limit + 1,
    orderStates.paid,
  ]);
  const { page, last } = pageOf(rows, query.limit);
  return {
    items: page.map(({ id, at, body }) => ({ id, at, ...body }) as Feed['items'][number]),
    ...(last === undefined ? {} : { next: cursorOf(last) }),
  };
}
