import type { OrderBooks } from '../../src/order/order-books.ts';
import type { BrokenShop } from './broken-shop.ts';

type Loaded = Awaited<ReturnType<OrderBooks['load']>>;

/** How long a paid order counts as "it will not change any more". */
const cachedMs = 30_000;
const cache = new Map<string, { readonly order: Loaded; readonly at: number }>();

export const cachedOrderStatus: BrokenShop = {
  mistake: 'A paid order is cached in the process, and nobody tells the cache that it was cancelled since.',
  seams: {
    parts: (parts) => ({
      ...parts,
      orders: {
        ...parts.orders,
        load: async (queries, orderId, lock) => {
          if (lock !== undefined) return parts.orders.load(queries, orderId, lock);
          const cached = cache.get(orderId);
          if (cached !== undefined && performance.now() - cached.at < cachedMs) return cached.order;
          const order = await parts.orders.load(queries, orderId);
          if (order?.status === 'paid') cache.set(orderId, { order, at: performance.now() });
          return order;
        },
      },
    }),
  },
};
