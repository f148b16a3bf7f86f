import { beforeAll, describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { booksOf, settledBooks } from '../support/books.ts';
import { ownCustomer } from '../support/own-customer.ts';
import { type PatientClient, patientClient } from '../support/patient-client.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const me = ownCustomer();
  let url: string;
  let shop: PatientClient;
  beforeAll(async () => {
    ({ url } = await suite.bench.startShop());
    shop = patientClient(url);
  });
  const lines = [{ sku: 'SKU-0001', quantity: 1 }];
  const myBooks = async () => booksOf(await settledBooks(suite.bench), me.customer);

  it('answers the same key again with the same bytes, and sells once', async () => {
    const first = await shop.buy({ customer: me.customer, key: 'k1', lines });
    const again = await shop.buy({ customer: me.customer, key: 'k1', lines });
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await myBooks()).orders).toHaveLength(1);
  });

  it('sells once when the same key comes twenty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shopClient(url).buy({ customer: me.customer, key: 'k1', lines })),
    );
    // On a busy machine whoever was let in may be told too late.
    const last = await shop.buy({ customer: me.customer, key: 'k1', lines });
    const sold = [...answers, last].filter((answer) => answer.status === 201);
    expect(sold.length).toBeGreaterThan(0);
    expect(new Set(sold.map((answer) => answer.text)).size).toBe(1);
    for (const other of answers.filter(({ status }) => status !== 201 && status !== 504)) {
      // Whoever is turned away is turned away with nothing done. The edge's own 502 or 503 has no code.
      const codes = ['idempotency-key-in-flight', 'busy', 'database-unavailable'];
      expect(other.status >= 502 ? [...codes, undefined] : codes).toContain(other.body.code);
    }
    expect((await myBooks()).orders).toHaveLength(1);
  });

  it('refuses a key for another body, another operation, and keeps the customers apart', async () => {
    const first = await shop.buy({ customer: me.customer, key: 'k1', lines });
    const reused = { status: 422, body: { code: 'idempotency-key-reused' } };
    expect(
      await shop.buy({ customer: me.customer, key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 2 }] }),
    ).toMatchObject(reused);
    expect(await shop.buy({ customer: me.customer, key: 'k1', lines, token: 'tok_declined' })).toMatchObject(
      reused,
    );
    expect(await shop.cancel(me.customer, 'k1', first.body.orderId)).toMatchObject(reused);
    expect((await shop.buy({ customer: me.stranger, key: 'k1', lines })).status).toBe(201);
    expect((await myBooks()).orders).toHaveLength(1);
    expect(booksOf(await suite.bench.audit(), me.stranger).orders).toHaveLength(1);
  });

  it('keeps to a refusal too: what was out of stock stays refused under its key', async () => {
    const purchase = { customer: me.customer, key: 'k1', lines: [{ sku: me.sku, quantity: 51 }] };
    const first = await shop.buy(purchase);
    expect(first).toMatchObject({ status: 409, body: { code: 'out-of-stock' } });
    expect((await shop.buy(purchase)).text).toBe(first.text);
    const books = await myBooks();
    expect(books.orders).toEqual([]);
    expect(books.keys).toMatchObject([{ key: 'k1', orderId: null, answerStatus: 409 }]);
  });
});
