import { chooseLines, integerBelow } from './choose.ts';
import type { Journey } from './journey.ts';
import { orderIdOf } from './read-journeys.ts';

/** Idempotent by nature (PUT), so it carries no key. */
export const cart: Journey = {
  operation: 'cart',
  weight: 0.1,
  write: true,
  request: ({ random }) => ({
    method: 'PUT',
    path: '/carts/main/items',
    body: { lines: chooseLines(random) },
  }),
};

/** One card in fifty is declined. */
export const checkout: Journey = {
  operation: 'checkout',
  weight: 0.2,
  write: true,
  request: ({ random, newKey }) => ({
    method: 'POST',
    path: '/orders',
    body: { lines: chooseLines(random), card: { token: random() < 0.02 ? 'tok_declined' : 'tok_ok' } },
    key: newKey(),
  }),
};

export const cancel: Journey = {
  operation: 'cancel',
  weight: 0.03,
  write: true,
  fallback: 'checkout',
  request: ({ random, newKey, acknowledged }) => {
    const recent = acknowledged.filter((entry) => entry.operation === 'checkout').slice(-50);
    const chosen = recent[integerBelow(random, Math.max(1, recent.length))];
    const id = chosen === undefined ? undefined : orderIdOf(chosen);
    if (chosen === undefined || id === undefined) return undefined;
    return {
      method: 'POST',
      path: `/orders/${id}/cancel`,
      body: {},
      key: newKey(),
      customer: chosen.customer,
    };
  },
};
