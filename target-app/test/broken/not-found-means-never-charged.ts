import type { BrokenShop } from './broken-shop.ts';

export const notFoundMeansNeverCharged: BrokenShop = {
  mistake:
    'A key that the provider has not seen yet is taken for one that it never will see: no void is sent.',
  seams: {
    parts: (parts) => ({
      ...parts,
      payment: {
        ...parts.payment,
        void: async (request, deadline) => {
          const capture = await parts.payment.lookUp(request.key, deadline);
          return capture === undefined ? 'tombstoned' : parts.payment.void(request, deadline);
        },
      },
    }),
  },
};
