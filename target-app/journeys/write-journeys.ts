import { boughtBy, chooseBought } from './bought.ts';
import { chooseLines, integerBelow } from './choose.ts';
import type { Journey } from './journey.ts';

/** Idempotent by nature (PUT), so it carries no key. */
export const cart: Journey = {
  operation: 'cart',
  weight: 0.09,
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

/** Those who change their mind do it soon: with one of so many latest orders. */
const latest = 50;

export const cancel: Journey = {
  operation: 'cancel',
  weight: 0.02,
  write: true,
  fallback: 'checkout',
  request: ({ random, newKey, acknowledged }) => {
    const order = chooseBought(random, boughtBy(acknowledged).slice(-latest));
    if (order === undefined) return undefined;
    return {
      method: 'POST',
      path: `/orders/${order.orderId}/cancel`,
      body: {},
      key: newKey(),
      customer: order.customer,
    };
  },
};

/** Some of one line comes back; what was cancelled or brought back before is refused. */
export const bringBack: Journey = {
  operation: 'return',
  weight: 0.03,
  write: true,
  fallback: 'checkout',
  request: ({ random, newKey, acknowledged }) => {
    const order = chooseBought(random, boughtBy(acknowledged).slice(-latest));
    const line = order?.lines[integerBelow(random, order.lines.length)];
    if (order === undefined || line === undefined) return undefined;
    return {
      method: 'POST',
      path: `/orders/${order.orderId}/returns`,
      body: { lines: [{ sku: line.sku, quantity: 1 + integerBelow(random, line.quantity) }] },
      key: newKey(),
      customer: order.customer,
    };
  },
};

/** Of something that was bought; a second opinion by the same customer is refused. */
export const review: Journey = {
  operation: 'review',
  weight: 0.01,
  write: true,
  fallback: 'reviews',
  request: ({ random, newKey, acknowledged }) => {
    const order = chooseBought(random, boughtBy(acknowledged));
    const line = order?.lines[integerBelow(random, order.lines.length)];
    if (order === undefined || line === undefined) return undefined;
    const rating = 1 + integerBelow(random, 5);
    return {
      method: 'POST',
      path: `/products/${line.sku}/reviews`,
      body: { rating, title: `${rating} of 5`, text: `Used daily; I would give it ${rating} again.` },
      key: newKey(),
      customer: order.customer,
    };
  },
};
