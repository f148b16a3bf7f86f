import { chooseSku, integerBelow } from './choose.ts';
import type { Acknowledged, Journey } from './journey.ts';

const words = [
  'oak',
  'lamp',
  'kettle',
  'wool blanket',
  'brass clock',
  'travel',
  'linen pouch',
  'garden planter',
];

/** The order that an acknowledged checkout answered with. */
export function orderIdOf(acknowledged: Acknowledged): string | undefined {
  const response = acknowledged.response;
  if (typeof response !== 'object' || response === null || !('orderId' in response)) return undefined;
  return typeof response.orderId === 'string' ? response.orderId : undefined;
}

export const browse: Journey = {
  operation: 'browse',
  weight: 0.3,
  write: false,
  request: ({ random }) => {
    const page = integerBelow(random, 8) * 20;
    return {
      method: 'GET',
      path:
        page === 0 ? '/products?limit=20' : `/products?limit=20&after=SKU-${String(page).padStart(4, '0')}`,
    };
  },
};

export const search: Journey = {
  operation: 'search',
  weight: 0.1,
  write: false,
  request: ({ random }) => ({
    method: 'GET',
    path: `/products?q=${encodeURIComponent(words[integerBelow(random, words.length)] ?? 'oak')}`,
  }),
};

export const product: Journey = {
  operation: 'product',
  weight: 0.2,
  write: false,
  request: ({ random }) => ({ method: 'GET', path: `/products/${chooseSku(random)}` }),
};

export const orderStatus: Journey = {
  operation: 'order-status',
  weight: 0.07,
  write: false,
  keepAnswer: true,
  fallback: 'product',
  request: ({ random, acknowledged }) => {
    const orders = acknowledged.filter((entry) => entry.operation === 'checkout');
    const chosen = orders[integerBelow(random, Math.max(1, orders.length))];
    const id = chosen === undefined ? undefined : orderIdOf(chosen);
    if (chosen === undefined || id === undefined) return undefined;
    return { method: 'GET', path: `/orders/${id}`, customer: chosen.customer };
  },
};
