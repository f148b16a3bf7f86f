import { setTimeout as sleep } from 'node:timers/promises';
import { shopClient } from '../../support/shop-client.ts';

/** Ten customers with 2,000 orders each, and ten of the many others. */
const customers = Array.from({ length: 10 }, (_, index) => [
  `c-${index + 1}`,
  `c-${index * 997 + 100}`,
]).flat();
const skus = Array.from({ length: 20 }, (_, index) => `SKU-${String(index * 9 + 1).padStart(4, '0')}`);

type Ask = (url: string) => Promise<void>;

const each =
  (path: (customer: string, index: number) => string): Ask =>
  async (url) => {
    for (const [index, customer] of customers.entries()) {
      const { status, text } = await shopClient(url).get(path(customer, index), customer);
      if (status !== 200) throw new Error(`${path(customer, index)} was answered ${text}`);
    }
  };

/** What is asked of a shop so that its statements are seen, by the name that the table gives them. */
export const asked: Readonly<Record<string, Ask>> = {
  'order history, newest page': each(() => '/orders/history'),
  'order list': each(() => '/orders'),
  feed: each(() => '/feed'),
  'reviews of a product': each((_, index) => `/products/${skus[index]}/reviews`),
  'search of the catalogue': each(() => '/products?q=garden'),
  'review by who never bought it': async (url) => {
    for (const [index, customer] of customers.entries()) {
      const body = { rating: 5, title: 'Fine', text: 'Fine.' };
      const headers = { 'x-customer': customer, 'idempotency-key': `review-${index}-${Date.now()}` };
      await shopClient(url).send('POST', `/products/SKU-0200/reviews`, headers, body);
    }
  },
};

/** The statements of the chores, by a word that only they have. */
export const chores: Readonly<Record<string, RegExp>> = {
  'sweeper: abandoned checkouts': /o\.status = 'held' AND k\.locked_until/,
  'sweeper: refunds begun': /o\.status = 'refunding' AND NOT EXISTS/,
  'sweeper: returns begun': /goods\.status = 'refunding' AND k\.locked_until/,
  'sweeper: voids due': /p\.void_due AND p\.voided_at IS NULL/,
  'hold expiry': /hold_expires_at <= now\(\)/,
  'outbox relay': /FROM outbox WHERE published_at IS NULL\s+ORDER BY/,
  'gauges of outbox and holds': /AS outbox_age/,
};

/** Long enough for each chore to come round some times. */
export const letChoresRun = (): Promise<void> => sleep(8000);
