import { beforeAll, describe, expect, it } from 'vitest';
import { outerBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { booksOf, netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { startHoldingProxy } from '../support/holding-proxy.ts';
import { ownCustomer } from '../support/own-customer.ts';
import { type PatientClient, patientClient } from '../support/patient-client.ts';
import type { RunningShop } from '../support/shop-bench.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(outerBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const me = ownCustomer();
  let url: string;
  let shop: PatientClient;
  beforeAll(async () => {
    ({ url } = await suite.bench.startShop());
    shop = patientClient(url);
  });
  const some = (quantity: number) => [{ sku: me.sku, quantity }];
  const lines = () => [{ sku: 'SKU-0001', quantity: 2 }, ...some(5)];
  const myBooks = async () => booksOf(await settledBooks(suite.bench), me.customer);

  /** The sweeping is one process's, which must not be one whose way to the provider is gone. */
  const end = ({ apis }: RunningShop) => Promise.all(apis.map((api) => api.kill()));

  async function bought() {
    const order = await shop.buy({ customer: me.customer, key: 'k1', lines: lines() });
    const { orderId, totalCents, lines: priced } = order.body;
    const unitCents: number = priced.find((line: { sku: string }) => line.sku === me.sku).unitCents;
    return { orderId, totalCents, unitCents };
  }

  const available = async () =>
    (await suite.bench.audit()).stock.find((stock) => stock.sku === me.sku)?.available;

  describe('bringing goods back', () => {
    it('refunds and restocks a part, then the rest, each once under its key, and then nothing more', async () => {
      const { orderId, totalCents, unitCents } = await bought();
      const part = await shop.bringBack(me.customer, 'r1', orderId, some(2));
      expect(part).toMatchObject({
        status: 201,
        body: { orderId, status: 'refunded', orderStatus: 'part_returned', refundedCents: 2 * unitCents },
      });
      expect(await available()).toBe(47);
      const again = await shop.bringBack(me.customer, 'r1', orderId, some(2));
      expect(again.text).toBe(part.text);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect((await shop.bringBack(me.customer, 'r2', orderId, some(4))).body.code).toBe(
        'return-exceeds-order',
      );
      const rest = [{ sku: 'SKU-0001', quantity: 2 }, ...some(3)];
      const whole = await shop.bringBack(me.customer, 'r3', orderId, rest);
      expect(whole.body).toMatchObject({
        orderStatus: 'returned',
        refundedCents: totalCents - 2 * unitCents,
      });
      expect((await shop.bringBack(me.customer, 'r4', orderId, some(1))).body.code).toBe(
        'order-not-returnable',
      );
      const books = await myBooks();
      expect(books.payments.filter((line) => line.operation === 'refund')).toHaveLength(2);
      expect(netOf(books, orderId)).toBe(0);
      expect(await available()).toBe(50);
      await eventually(async () => {
        const { projection } = booksOf(await suite.bench.audit(), me.customer);
        expect(projection).toMatchObject([{ orderId, status: 'returned', lastSequence: 4 }]);
        expect((await shop.get(`/orders/${orderId}`, me.customer)).body.status).toBe('returned');
      }, 'the projection and the replicas to catch up');
    });

    it('refuses what was not bought, what is not theirs, and what was never paid, and keeps to it', async () => {
      const { orderId } = await bought();
      const ask = (customer: string, key: string, back: ReturnType<typeof some>) =>
        shop.bringBack(customer, key, orderId, back);
      expect(await ask(me.customer, 'r1', [{ sku: 'SKU-0002', quantity: 1 }])).toMatchObject({
        status: 422,
        body: { code: 'line-not-in-order' },
      });
      expect((await ask(me.stranger, 'r1', some(1))).body.code).toBe('order-not-found');
      const tooMany = await ask(me.customer, 'r2', some(6));
      expect(tooMany).toMatchObject({ status: 409, body: { code: 'return-exceeds-order' } });
      expect((await ask(me.customer, 'r2', some(6))).text).toBe(tooMany.text);
      expect((await ask(me.customer, 'r2', some(1))).body.code).toBe('idempotency-key-reused');
      expect((await ask(me.customer, 'k1', some(1))).body.code).toBe('idempotency-key-reused');
      const declined = { customer: me.customer, key: 'k9', lines: lines(), token: 'tok_declined' };
      expect((await shop.buy(declined)).status).toBe(402);
      const { orders } = booksOf(await suite.bench.audit(), me.customer);
      const unpaid = orders.find((order) => order.status === 'declined')?.id ?? '';
      expect((await shop.bringBack(me.customer, 'r5', unpaid, some(1))).body.code).toBe(
        'order-not-returnable',
      );
      expect((await myBooks()).returns).toEqual([]);
    });

    it('takes no more than was bought when ten bring all of it back at once', async () => {
      const { orderId, unitCents } = await bought();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => shop.bringBack(me.customer, `r${index}`, orderId, some(2))),
      );
      const taken = answers.filter((answer) => answer.status === 201);
      expect(taken).toHaveLength(2);
      for (const refused of answers.filter((answer) => answer.status !== 201)) {
        expect(refused).toMatchObject({ status: 409, body: { code: 'return-exceeds-order' } });
      }
      const books = await myBooks();
      expect(books.returns).toHaveLength(2);
      expect(books.payments.filter((line) => line.operation === 'refund').map((line) => line.cents)).toEqual([
        2 * unitCents,
        2 * unitCents,
      ]);
    });

    it('happens once when the same key comes ten times at once', async () => {
      const { orderId } = await bought();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => shopClient(url).bringBack(me.customer, 'r1', orderId, some(1))),
      );
      for (const answer of answers) expect([201, 409, 503, 504]).toContain(answer.status);
      expect((await shop.bringBack(me.customer, 'r1', orderId, some(1))).status).toBe(201);
      expect((await myBooks()).returns).toHaveLength(1);
    });
  });

  describe('cancelling against bringing back', () => {
    it('lets one of them win, whoever comes first', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const { orderId } = (await shop.buy({ customer: me.customer, key: `b${index}`, lines: some(2) }))
            .body;
          const [cancelled, back] = await Promise.all([
            shop.cancel(me.customer, `c${index}`, orderId),
            shop.bringBack(me.customer, `r${index}`, orderId, some(1)),
          ]);
          return { orderId, cancelled: cancelled.status, back: back.status };
        }),
      );
      const books = await myBooks();
      for (const { orderId, cancelled, back } of outcomes) {
        expect([cancelled, back].toSorted()).toEqual(cancelled === 200 ? [200, 409] : [201, 409]);
        const status = books.orders.find((order) => order.id === orderId)?.status;
        expect(status).toBe(cancelled === 200 ? 'refunded' : 'part_returned');
      }
    });

    it('is lost from the moment at which a return is begun, long before its money went back', async () => {
      const wire = await startHoldingProxy(suite.bench.paymentUrl);
      const held = await suite.bench.startShop({ SHOP_PAYMENT_URL: wire.url, SHOP_SWEEP_GRACE_MS: '300' });
      const shop = patientClient(held.url);
      const { orderId } = (await shop.buy({ customer: me.customer, key: 'k1', lines: lines() })).body;
      wire.hold('POST /refunds');
      const returning = shop.bringBack(me.customer, 'r1', orderId, some(1));
      await eventually(() => expect(wire.held).toBe(1), 'the refund to be on its way');
      expect((await shop.cancel(me.customer, 'k2', orderId)).body.code).toBe('order-not-cancellable');
      wire.release();
      expect((await returning).status).toBe(201);
      await myBooks();
      await end(held);
      await wire.close();
    });
  });

  it('is finished by the sweeper when nobody asks again, and its refund happens once', async () => {
    const wire = await startHoldingProxy(suite.bench.paymentUrl);
    const quick = { SHOP_SWEEP_GRACE_MS: '300', SHOP_SWEEP_EVERY_MS: '100', SHOP_KEY_LOCK_MS: '500' };
    const losing = await suite.bench.startShop({ SHOP_PAYMENT_URL: wire.url, ...quick });
    const shop = patientClient(losing.url);
    const { orderId } = (await shop.buy({ customer: me.customer, key: 'k1', lines: lines() })).body;
    wire.loseAnswersTo('POST /refunds');
    // Where a busy machine turns it away before it is written, it is sent again, and then no more.
    const unknown = await eventually(async () => {
      const answer = await shopClient(losing.url).bringBack(me.customer, 'r1', orderId, some(2));
      expect(booksOf(await suite.bench.audit(), me.customer).returns).toHaveLength(1);
      return answer;
    }, 'the return to be begun');
    expect(unknown.status).toBeGreaterThanOrEqual(503);
    wire.loseAnswersTo(undefined);
    const books = await myBooks();
    expect(books.returns).toMatchObject([{ status: 'refunded' }]);
    expect(books.payments.filter((line) => line.operation === 'refund')).toHaveLength(1);
    expect((await shop.bringBack(me.customer, 'r1', orderId, some(2))).body.orderStatus).toBe(
      'part_returned',
    );
    await end(losing);
    await wire.close();
  });
});
