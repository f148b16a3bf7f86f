import { historySql } from '../../../src/history/order-history.ts';

const columns = `o.id AS "orderId", o.status, o.created_at AS "placedAt", o.total_cents AS "totalCents",
         paid.refunded_cents AS "refundedCents",
         json_agg(json_build_object(
           'sku', line.sku, 'name', product.name, 'quantity', line.quantity, 'unitCents', line.unit_cents,
           'returned', coalesce(back.units, 0), 'rating', review.rating
         ) ORDER BY line.sku) AS lines`;

const returnsOfAll = `LEFT JOIN (
      SELECT goods.order_id, part.sku, sum(part.quantity)::integer AS units
        FROM order_return goods JOIN order_return_line part ON part.return_id = goods.id
       GROUP BY goods.order_id, part.sku
    ) back ON back.order_id = o.id AND back.sku = line.sku`;

const joins = `JOIN payment paid ON paid.order_id = o.id
    JOIN order_line line ON line.order_id = o.id
    JOIN product ON product.sku = line.sku
    ${returnsOfAll}
    LEFT JOIN review ON review.customer = o.customer AND review.sku = line.sku`;

const grouped =
  'GROUP BY o.id, o.status, o.created_at, o.total_cents, paid.refunded_cents ORDER BY o.id DESC';

/**
 * The customer's history as it can be asked: $1 customer, $2 the place in the list, $3 orders on the page. All answer the same.
 * The last one is the shop's.
 */
export const historySteps: Readonly<Record<string, string>> = {
  'join everything, then cut the page': `
  SELECT ${columns}
    FROM customer_order o
    ${joins}
   WHERE o.customer = $1 AND o.id < $2 ${grouped} LIMIT $3`,
  'cut the page, then join': `
  SELECT ${columns}
    FROM (SELECT * FROM customer_order WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3) o
    ${joins}
   ${grouped}`,
  'add up only the returns of the page': historySql,
};
