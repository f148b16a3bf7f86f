import { randomUUID } from 'node:crypto';
import type { BrokenShop } from './broken-shop.ts';

const used = new Set<string>();

export const newProviderKeyEachRetry: BrokenShop = {
  mistake: 'When a payment is tried again, the provider gets another key than the one that was committed.',
  seams: {
    parts: (parts) => ({
      ...parts,
      payment: {
        ...parts.payment,
        capture: (request, deadline) => {
          const key = used.has(request.key) ? `${request.key}-${randomUUID()}` : request.key;
          used.add(request.key);
          return parts.payment.capture({ ...request, key }, deadline);
        },
      },
    }),
  },
};
