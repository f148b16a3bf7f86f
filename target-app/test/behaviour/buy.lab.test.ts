import { beforeAll, describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { ownCustomer } from '../support/own-customer.ts';
import { type PatientClient, patientClient } from '../support/patient-client.ts';

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const me = ownCustomer();
  let shop: PatientClient;
  beforeAll(async () => {
    shop = patientClient((await suite.bench.startShop()).url);
  });

  it('sells lines: paid once, out of stock and into the events, seen by its buyer alone', async () => {
    const bought = await shop.buy({
      customer: me.customer,
      key: 'k1',
      lines: [
        { sku: 'SKU-0002', quantity: 1 },
        { sku: 'SKU-0001', quantity: 2 },
      ],
    });
    expect(bought.status).toBe(201);
    const { orderId, totalCents } = bought.body;
    // At level 3 a replica may not have seen the payment yet.
    await eventually(async () => {
      const seen = await shop.get(`/orders/${orderId}`, me.customer);
      expect(seen.body).toMatchObject({ orderId, status: 'paid', totalCents });
    }, 'the order to be seen');
    expect(await shop.get(`/orders/${orderId}`, me.stranger)).toMatchObject({
      status: 404,
      body: { code: 'order-not-found' },
    });
    const books = await settledBooks(suite.bench);
    expect(netOf(books, orderId)).toBe(totalCents);
    expect(books.stock.find((stock) => stock.sku === 'SKU-0001')).toMatchObject({ available: 999_998 });
    await eventually(async () => {
      const list = await shop.get('/orders', me.customer);
      expect(list.body.orders).toMatchObject([{ orderId, status: 'paid', totalCents }]);
    }, 'the order list to catch up');
  });

  it('sells a cart at the prices of the catalogue', async () => {
    const cart = await shop.putCart(me.customer, 'main', { lines: [{ sku: 'SKU-0003', quantity: 3 }] });
    expect(cart).toMatchObject({ status: 200, body: { version: 1 } });
    const bought = await shop.buy({ customer: me.customer, key: 'k1', cartId: 'main' });
    const price = (await shop.get('/products/SKU-0003')).body.priceCents;
    expect(bought).toMatchObject({ status: 201, body: { totalCents: 3 * price } });
    expect((await shop.buy({ customer: me.stranger, key: 'k1', cartId: 'main' })).body.code).toBe(
      'cart-not-found',
    );
    await settledBooks(suite.bench);
  });

  it('lets only one of two change the version of a cart that both saw', async () => {
    const lines = [{ sku: 'SKU-0003', quantity: 1 }];
    await shop.putCart(me.customer, 'main', { lines });
    const both = await Promise.all(
      [1, 2].map(() => shop.putCart(me.customer, 'main', { lines, version: 1 })),
    );
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
  });

  it('browses every product once, page by page, and finds by words', async () => {
    const skus: string[] = [];
    for (let after = ''; ; ) {
      const page = (await shop.get(`/products?limit=60${after}`)).body;
      skus.push(...page.products.map((product: { sku: string }) => product.sku));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(skus).toEqual(skus.toSorted());
    expect(new Set(skus).size).toBe(200);
    const found = (await shop.get('/products?q=oak%20lamp')).body.products;
    expect(found.map((product: { name: string }) => product.name)).toEqual([
      'plain oak lamp',
      'tall oak lamp',
    ]);
    expect((await shop.get(`/products?q=${encodeURIComponent('"-(or &!:*')}`)).status).toBe(200);
  });
});
