import type { BrokenShop } from './broken-shop.ts';

export const refundAtTodaysPrice: BrokenShop = {
  mistake:
    'What comes back is refunded at the price that the catalogue has today, not at the one that was paid.',
  seams: {
    parts: (parts) => ({
      ...parts,
      orders: {
        ...parts.orders,
        load: async (queries, orderId, lock) => {
          const order = await parts.orders.load(queries, orderId, lock);
          if (order === undefined || lock === undefined) return order;
          const rows = await queries.rows<{ sku: string; cents: number }>(
            'SELECT sku, price_cents AS cents FROM product WHERE sku = ANY ($1)',
            [order.lines.map((line) => line.sku)],
          );
          const today = new Map(rows.map((row) => [row.sku, row.cents]));
          const lines = order.lines.map((line) => ({
            ...line,
            unitCents: today.get(line.sku) ?? line.unitCents,
          }));
          return { ...order, lines };
        },
      },
    }),
  },
};
