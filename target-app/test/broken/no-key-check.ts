import type { BrokenShop } from './broken-shop.ts';

export const noKeyCheck: BrokenShop = {
  mistake: 'A key that was sent before is not looked up: every request is new.',
  without: [
    { table: 'idempotency_key', constraint: 'idempotency_key_once' },
    { table: 'customer_order', constraint: 'customer_order_one_per_key' },
  ],
  seams: {
    parts: (parts) => ({
      ...parts,
      keys: {
        ...parts.keys,
        claim: async (queries, { customer, key, operation, requestHash, orderId }) => {
          await queries.rows(
            `INSERT INTO idempotency_key (customer, key, operation, request_hash, order_id, locked_until)
             VALUES ($1, $2, $3, $4, $5, now() + interval '3 seconds')`,
            [customer, key, operation, requestHash, orderId],
          );
          return { kind: 'new' };
        },
      },
    }),
  },
};
