import type { BrokenShop } from './broken-shop.ts';

const everybody = 'everybody';

export const keysOfAllCustomers: BrokenShop = {
  mistake: 'A key is looked up without its customer: whoever sends the same one gets the order of the first.',
  seams: {
    parts: (parts) => ({
      ...parts,
      keys: {
        ...parts.keys,
        claim: (queries, request) => parts.keys.claim(queries, { ...request, customer: everybody }),
        answer: (queries, _customer, key, orderId, answer) =>
          parts.keys.answer(queries, everybody, key, orderId, answer),
        stored: (queries, _customer, key) => parts.keys.stored(queries, everybody, key),
        unlock: (queries, _customer, key) => parts.keys.unlock(queries, everybody, key),
      },
    }),
  },
};
