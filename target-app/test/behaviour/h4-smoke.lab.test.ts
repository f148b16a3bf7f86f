import { describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);
  it('buys', async () => {
    const shop = shopClient((await suite.bench.startShop()).url);
    const bought = await shop.buy({ customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 2 }] });
    expect(bought.status).toBe(201);
    const seen = await shop.get(`/orders/${bought.body.orderId}`);
    console.log(level, seen.status, Object.fromEntries(seen.headers));
    await settledBooks(suite.bench);
  });
});
