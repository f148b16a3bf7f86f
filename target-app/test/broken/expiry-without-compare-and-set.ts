import type { BrokenShop } from './broken-shop.ts';

export const expiryWithoutCompareAndSet: BrokenShop = {
  mistake: 'Expiry and payment write the status of a held order without looking whether it is still held.',
  without: [{ table: 'stock', constraint: 'stock_held_not_negative' }],
  seams: {
    parts: (parts) => ({
      ...parts,
      orders: {
        ...parts.orders,
        move: async (queries, orderId, from, to) => {
          if (from !== 'held' || to === 'voided') return parts.orders.move(queries, orderId, from, to);
          await queries.rows(
            `WITH moved AS (
               UPDATE customer_order SET status = $3, sequence = sequence + 1 WHERE id = $1
               RETURNING id, customer, sequence, total_cents, created_at
             ), transition AS (
               INSERT INTO order_transition (order_id, sequence, from_status, to_status)
               SELECT id, sequence, $2, $3 FROM moved
             )
             INSERT INTO outbox (order_id, sequence, type, payload)
             SELECT id, sequence, 'order.' || $3, jsonb_build_object(
                      'customer', customer, 'status', $3::text, 'totalCents', total_cents, 'placedAt', created_at)
               FROM moved`,
            [orderId, from, to],
          );
          return true;
        },
      },
    }),
  },
};
