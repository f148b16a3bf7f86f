import { boughtBy, chooseBought } from './bought.ts';
import { chooseSku, integerBelow } from './choose.ts';
import type { Journey } from './journey.ts';

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

export const browse: Journey = {
  operation: 'browse',
  weight: 0.24,
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
  weight: 0.08,
  write: false,
  request: ({ random }) => ({
    method: 'GET',
    path: `/products?q=${encodeURIComponent(words[integerBelow(random, words.length)] ?? 'oak')}`,
  }),
};

export const product: Journey = {
  operation: 'product',
  weight: 0.16,
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
    const order = chooseBought(random, boughtBy(acknowledged));
    if (order === undefined) return undefined;
    return { method: 'GET', path: `/orders/${order.orderId}`, customer: order.customer };
  },
};

export const reviews: Journey = {
  operation: 'reviews',
  weight: 0.03,
  write: false,
  request: ({ random }) => ({ method: 'GET', path: `/products/${chooseSku(random)}/reviews` }),
};

/** Of somebody who bought something in this run, if anybody did. */
export const orderHistory: Journey = {
  operation: 'order-history',
  weight: 0.03,
  write: false,
  request: ({ random, customer, acknowledged }) => ({
    method: 'GET',
    path: '/orders/history?limit=10',
    customer: chooseBought(random, boughtBy(acknowledged))?.customer ?? customer,
  }),
};

/** Not of the newest orders: an invoice comes a moment after the payment. */
export const invoice: Journey = {
  operation: 'invoice',
  weight: 0.02,
  write: false,
  fallback: 'product',
  request: ({ random, acknowledged }) => {
    const order = chooseBought(random, boughtBy(acknowledged).slice(0, -10));
    if (order === undefined) return undefined;
    return { method: 'GET', path: `/orders/${order.orderId}/invoice`, customer: order.customer };
  },
};

export const feed: Journey = {
  operation: 'feed',
  weight: 0.02,
  write: false,
  request: ({ random, customer, acknowledged }) => ({
    method: 'GET',
    path: '/feed',
    customer: chooseBought(random, boughtBy(acknowledged))?.customer ?? customer,
  }),
};
