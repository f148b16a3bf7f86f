import type { BrokenShop } from './broken-shop.ts';

export const unlockedReturns: BrokenShop = {
  mistake:
    'What came back before is counted without locking the order: two returns at once both find it whole.',
  seams: {
    parts: (parts) => ({
      ...parts,
      orders: { ...parts.orders, load: (queries, orderId) => parts.orders.load(queries, orderId) },
    }),
  },
};
