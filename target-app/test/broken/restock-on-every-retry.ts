import type { BrokenShop } from './broken-shop.ts';

export const restockOnEveryRetry: BrokenShop = {
  mistake: 'Whoever has a refund confirmed puts the goods into stock, also when a retry has done so already.',
  seams: {
    parts: (parts) => ({
      ...parts,
      returns: {
        ...parts.returns,
        complete: async (queries, goods) => {
          await parts.returns.complete(queries, goods);
          return true;
        },
      },
    }),
  },
};
