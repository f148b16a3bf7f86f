import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { booksOf, netOf, settledBooks } from '../support/books.ts';
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
  // One that fails must not hold up those after it.
  afterEach(() => suite.bench.payment.signal('SIGCONT'));
  const lines = () => [{ sku: me.sku, quantity: 5 }];
  const myBooks = async () => booksOf(await settledBooks(suite.bench), me.customer);
  const myOrder = async () => booksOf(await suite.bench.audit(), me.customer).orders[0];

  it('takes nothing with a refused card: no money, no stock, the same answer again', async () => {
    const purchase = { customer: me.customer, key: 'k1', lines: lines(), token: 'tok_declined' };
    const refused = await shop.buy(purchase);
    expect(refused).toMatchObject({ status: 402, body: { code: 'card-declined' } });
    expect((await shop.buy(purchase)).text).toBe(refused.text);
    const books = await myBooks();
    expect(books.orders).toMatchObject([{ status: 'declined' }]);
    expect(books.payments).toMatchObject([{ operation: 'capture', result: 'declined', cents: 0 }]);
  });

  describe('cancelling', () => {
    it('refunds a paid order once and puts its stock back, however often and by whatever keys it is asked', async () => {
      const { orderId, totalCents } = (await shop.buy({ customer: me.customer, key: 'k1', lines: lines() }))
        .body;
      const answers = await Promise.all(
        ['a', 'b', 'c', 'a'].map((key) => shop.cancel(me.customer, key, orderId)),
      );
      const done = answers.filter((answer) => answer.status === 200);
      expect(done.length).toBeGreaterThan(0);
      for (const answer of done)
        expect(answer.body).toEqual({ orderId, status: 'refunded', refundedCents: totalCents });
      for (const answer of answers.filter((other) => other.status !== 200)) expect(answer.status).toBe(409);
      const books = await myBooks();
      expect(books.payments.filter((line) => line.operation === 'refund')).toHaveLength(1);
      expect(netOf(books, orderId)).toBe(0);
      expect(books.stock.find((stock) => stock.sku === me.sku)).toMatchObject({ available: 50 });
    });

    it('voids an order that is still held, and its payment on the way finds a tombstone', async () => {
      suite.bench.payment.signal('SIGSTOP');
      const buying = shop.buy({ customer: me.customer, key: 'k1', lines: lines() });
      const held = await eventually(async () => {
        const order = await myOrder();
        if (order?.status !== 'held') throw new Error(`it is ${order?.status}`);
        return order;
      }, 'the order to be held');
      const cancelled = await shop.cancel(me.customer, 'k2', held.id);
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'voided', refundedCents: 0 } });
      suite.bench.payment.signal('SIGCONT');
      expect([409, 504]).toContain((await buying).status);
      const books = await myBooks();
      expect(books.orders).toMatchObject([{ status: 'voided' }]);
      expect(netOf(books, held.id)).toBe(0);
      await eventually(async () => {
        const again = await shop.buy({ customer: me.customer, key: 'k1', lines: lines() });
        expect(again).toMatchObject({ status: 409, body: { code: 'checkout-voided' } });
      }, 'the refusal to be the final answer');
    });

    it('refuses what cannot be cancelled, and hides what belongs to others', async () => {
      await shop.buy({ customer: me.customer, key: 'k1', lines: lines(), token: 'tok_declined' });
      const order = await myOrder();
      const orderId = order?.id ?? '';
      expect(await shop.cancel(me.customer, 'k2', orderId)).toMatchObject({
        status: 409,
        body: { code: 'order-not-cancellable' },
      });
      expect(await shop.cancel(me.stranger, 'k3', orderId)).toMatchObject({
        status: 404,
        body: { code: 'order-not-found' },
      });
      const books = await myBooks();
      expect(books.keys.map((key) => key.key)).toEqual(['k1', 'k2']);
    });
  });
});
