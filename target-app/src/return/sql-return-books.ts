import type { Queries } from '../data/database.ts';
import type { GoodsReturn, ReturnBooks, UnitsBack } from './return-books.ts';

const insertSql = `
  WITH goods AS (
    INSERT INTO order_return (id, order_id, key, refund_key, cents) VALUES ($1, $2, $3, $4, $5) RETURNING id
  )
  INSERT INTO order_return_line (return_id, sku, quantity, unit_cents)
  SELECT goods.id, line.sku, line.quantity, line.unit_cents
    FROM goods, unnest($6::text[], $7::integer[], $8::integer[]) AS line (sku, quantity, unit_cents)`;

const loadSql = `
  SELECT id, order_id AS "orderId", key, refund_key AS "refundKey", status, cents,
         (SELECT json_agg(json_build_object('sku', sku, 'quantity', quantity, 'unitCents', unit_cents) ORDER BY sku)
            FROM order_return_line WHERE return_id = order_return.id) AS lines
    FROM order_return`;

const unitsSql = `
  SELECT line.sku, sum(line.quantity)::integer AS taken,
         coalesce(sum(line.quantity) FILTER (WHERE goods.status = 'refunded'), 0)::integer AS refunded
    FROM order_return goods JOIN order_return_line line ON line.return_id = goods.id
   WHERE goods.order_id = $1 GROUP BY line.sku`;

const completeSql = `
  WITH completed AS (
    UPDATE order_return goods SET status = 'refunded', sequence = o.sequence + 1
      FROM customer_order o WHERE goods.id = $1 AND o.id = $2 AND goods.status = 'refunding'
    RETURNING goods.cents
  )
  UPDATE payment SET refunded_cents = refunded_cents + completed.cents
    FROM completed WHERE payment.order_id = $2 RETURNING 1`;

export const sqlReturnBooks: ReturnBooks = {
  insert: async (queries, goods) => {
    await queries.rows(insertSql, [
      goods.id,
      goods.orderId,
      goods.key,
      goods.refundKey,
      goods.cents,
      goods.lines.map((line) => line.sku),
      goods.lines.map((line) => line.quantity),
      goods.lines.map((line) => line.unitCents),
    ]);
  },
  load: (queries, id) => first(queries, `${loadSql} WHERE id = $1`, [id]),
  find: (queries, orderId, key) =>
    first(queries, `${loadSql} WHERE order_id = $1 AND key = $2`, [orderId, key]),
  unitsBack: async (queries, orderId) => {
    const rows = await queries.rows<UnitsBack & { sku: string }>(unitsSql, [orderId]);
    return new Map(rows.map(({ sku, ...units }) => [sku, units]));
  },
  complete: async (queries, goods) =>
    (await queries.rows(completeSql, [goods.id, goods.orderId])).length === 1,
};

async function first(
  queries: Queries,
  sql: string,
  parameters: readonly unknown[],
): Promise<GoodsReturn | undefined> {
  return (await queries.rows<GoodsReturn & Record<string, unknown>>(sql, parameters))[0];
}
