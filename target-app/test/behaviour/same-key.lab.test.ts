import { describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { patientClient } from '../support/patient-client.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);
  const lines = [{ sku: 'SKU-0001', quantity: 1 }];

  it('answers the same key again with the same bytes, and sells once', async () => {
    const shop = patientClient((await suite.bench.startShop()).url);
    const first = await shop.buy({ customer: 'c-1', key: 'k1', lines });
    const again = await shop.buy({ customer: 'c-1', key: 'k1', lines });
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await settledBooks(suite.bench)).orders).toHaveLength(1);
  });

  it('sells once when the same key comes twenty times at once', async () => {
    const shop = shopClient((await suite.bench.startShop()).url);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.buy({ customer: 'c-1', key: 'k1', lines })),
    );
    const sold = answers.filter((answer) => answer.status === 201);
    expect(sold.length).toBeGreaterThan(0);
    expect(new Set(sold.map((answer) => answer.text)).size).toBe(1);
    for (const other of answers.filter((answer) => answer.status !== 201)) {
      // Whoever is turned away is turned away with nothing done.
      expect(['idempotency-key-in-flight', 'busy', 'database-unavailable']).toContain(other.body.code);
    }
    expect((await settledBooks(suite.bench)).orders).toHaveLength(1);
  });

  it('refuses a key for another body, another operation, and keeps the customers apart', async () => {
    const shop = patientClient((await suite.bench.startShop()).url);
    const first = await shop.buy({ customer: 'c-1', key: 'k1', lines });
    const reused = { status: 422, body: { code: 'idempotency-key-reused' } };
    expect(
      await shop.buy({ customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 2 }] }),
    ).toMatchObject(reused);
    expect(await shop.buy({ customer: 'c-1', key: 'k1', lines, token: 'tok_declined' })).toMatchObject(
      reused,
    );
    expect(await shop.cancel('c-1', 'k1', first.body.orderId)).toMatchObject(reused);
    expect((await shop.buy({ customer: 'c-2', key: 'k1', lines })).status).toBe(201);
    expect((await settledBooks(suite.bench)).orders).toHaveLength(2);
  });

  it('keeps to a refusal too: what was out of stock stays refused under its key', async () => {
    const shop = patientClient((await suite.bench.startShop()).url);
    const purchase = { customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0200', quantity: 51 }] };
    const first = await shop.buy(purchase);
    expect(first).toMatchObject({ status: 409, body: { code: 'out-of-stock' } });
    expect((await shop.buy(purchase)).text).toBe(first.text);
    const books = await settledBooks(suite.bench);
    expect(books.orders).toEqual([]);
    expect(books.keys).toMatchObject([{ key: 'k1', orderId: null, answerStatus: 409 }]);
  });
});
