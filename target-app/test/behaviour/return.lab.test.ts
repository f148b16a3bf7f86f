import { describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { startHoldingProxy } from '../support/holding-proxy.ts';
import { patientClient } from '../support/patient-client.ts';
import { shopClient } from '../support/shop-client.ts';

const scarce = 'SKU-0200';
const lines = [
  { sku: 'SKU-0001', quantity: 2 },
  { sku: scarce, quantity: 5 },
];
const some = (quantity: number) => [{ sku: scarce, quantity }];

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);

  async function bought() {
    const { url } = await suite.bench.startShop();
    const shop = patientClient(url);
    const {
      orderId,
      totalCents,
      lines: priced,
    } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
    const unitCents: number = priced.find((line: { sku: string }) => line.sku === scarce).unitCents;
    return { url, shop, orderId, totalCents, unitCents };
  }

  const available = async () =>
    (await suite.bench.audit()).stock.find((stock) => stock.sku === scarce)?.available;

  describe('bringing goods back', () => {
    it('refunds and restocks a part, then the rest, each once under its key, and then nothing more', async () => {
      const { shop, orderId, totalCents, unitCents } = await bought();
      const part = await shop.bringBack('c-1', 'r1', orderId, some(2));
      expect(part).toMatchObject({
        status: 201,
        body: { orderId, status: 'refunded', orderStatus: 'part_returned', refundedCents: 2 * unitCents },
      });
      expect(await available()).toBe(47);
      const again = await shop.bringBack('c-1', 'r1', orderId, some(2));
      expect(again.text).toBe(part.text);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect((await shop.bringBack('c-1', 'r2', orderId, some(4))).body.code).toBe('return-exceeds-order');
      const rest = [{ sku: 'SKU-0001', quantity: 2 }, ...some(3)];
      const whole = await shop.bringBack('c-1', 'r3', orderId, rest);
      expect(whole.body).toMatchObject({
        orderStatus: 'returned',
        refundedCents: totalCents - 2 * unitCents,
      });
      expect((await shop.bringBack('c-1', 'r4', orderId, some(1))).body.code).toBe('order-not-returnable');
      const books = await settledBooks(suite.bench);
      expect(books.payments.filter((line) => line.operation === 'refund')).toHaveLength(2);
      expect(netOf(books, orderId)).toBe(0);
      expect(await available()).toBe(50);
      await eventually(async () => {
        const { projection } = await suite.bench.audit();
        expect(projection).toMatchObject([{ orderId, status: 'returned', lastSequence: 4 }]);
        expect((await shop.get(`/orders/${orderId}`)).body.status).toBe('returned');
      }, 'the projection and the replicas to catch up');
    });

    it.runIf(level === 1)(
      'refuses what was not bought, what is not theirs, and what was never paid, and keeps to it',
      async () => {
        const { shop, orderId } = await bought();
        const ask = (customer: string, key: string, back: ReturnType<typeof some>) =>
          shop.bringBack(customer, key, orderId, back);
        expect(await ask('c-1', 'r1', [{ sku: 'SKU-0002', quantity: 1 }])).toMatchObject({
          status: 422,
          body: { code: 'line-not-in-order' },
        });
        expect((await ask('c-2', 'r1', some(1))).body.code).toBe('order-not-found');
        const tooMany = await ask('c-1', 'r2', some(6));
        expect(tooMany).toMatchObject({ status: 409, body: { code: 'return-exceeds-order' } });
        expect((await ask('c-1', 'r2', some(6))).text).toBe(tooMany.text);
        expect((await ask('c-1', 'r2', some(1))).body.code).toBe('idempotency-key-reused');
        expect((await ask('c-1', 'k1', some(1))).body.code).toBe('idempotency-key-reused');
        const declined = { customer: 'c-1', key: 'k9', lines, token: 'tok_declined' };
        expect((await shop.buy(declined)).status).toBe(402);
        const { orders } = await suite.bench.audit();
        const unpaid = orders.find((order) => order.status === 'declined')?.id ?? '';
        expect((await shop.bringBack('c-1', 'r5', unpaid, some(1))).body.code).toBe('order-not-returnable');
        expect((await settledBooks(suite.bench)).returns).toEqual([]);
      },
    );

    it('takes no more than was bought when ten bring all of it back at once', async () => {
      const { shop, orderId, unitCents } = await bought();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => shop.bringBack('c-1', `r${index}`, orderId, some(2))),
      );
      const taken = answers.filter((answer) => answer.status === 201);
      expect(taken).toHaveLength(2);
      for (const refused of answers.filter((answer) => answer.status !== 201)) {
        expect(refused).toMatchObject({ status: 409, body: { code: 'return-exceeds-order' } });
      }
      const books = await settledBooks(suite.bench);
      expect(books.returns).toHaveLength(2);
      expect(books.payments.filter((line) => line.operation === 'refund').map((line) => line.cents)).toEqual([
        2 * unitCents,
        2 * unitCents,
      ]);
    });

    it.runIf(level === 1)('happens once when the same key comes ten times at once', async () => {
      const { url, shop, orderId } = await bought();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => shopClient(url).bringBack('c-1', 'r1', orderId, some(1))),
      );
      for (const answer of answers) expect([201, 409, 503, 504]).toContain(answer.status);
      expect((await shop.bringBack('c-1', 'r1', orderId, some(1))).status).toBe(201);
      expect((await settledBooks(suite.bench)).returns).toHaveLength(1);
    });
  });

  describe('cancelling against bringing back', () => {
    it('lets one of them win, whoever comes first', async () => {
      const { shop } = await bought();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const { orderId } = (await shop.buy({ customer: 'c-1', key: `b${index}`, lines: some(2) })).body;
          const [cancelled, back] = await Promise.all([
            shop.cancel('c-1', `c${index}`, orderId),
            shop.bringBack('c-1', `r${index}`, orderId, some(1)),
          ]);
          return { orderId, cancelled: cancelled.status, back: back.status };
        }),
      );
      const books = await settledBooks(suite.bench);
      for (const { orderId, cancelled, back } of outcomes) {
        expect([cancelled, back].toSorted()).toEqual(cancelled === 200 ? [200, 409] : [201, 409]);
        const status = books.orders.find((order) => order.id === orderId)?.status;
        expect(status).toBe(cancelled === 200 ? 'refunded' : 'part_returned');
      }
    });

    it.runIf(level === 1)(
      'is lost from the moment at which a return is begun, long before its money went back',
      async () => {
        const wire = await startHoldingProxy(suite.bench.paymentUrl);
        const { url } = await suite.bench.startShop({
          SHOP_PAYMENT_URL: wire.url,
          SHOP_SWEEP_GRACE_MS: '300',
        });
        const shop = patientClient(url);
        const { orderId } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
        wire.hold('POST /refunds');
        const returning = shop.bringBack('c-1', 'r1', orderId, some(1));
        await eventually(() => expect(wire.held).toBe(1), 'the refund to be on its way');
        expect((await shop.cancel('c-1', 'k2', orderId)).body.code).toBe('order-not-cancellable');
        wire.release();
        expect((await returning).status).toBe(201);
        await settledBooks(suite.bench);
        await wire.close();
      },
    );
  });

  it.runIf(level === 1)(
    'is finished by the sweeper when nobody asks again, and its refund happens once',
    async () => {
      const wire = await startHoldingProxy(suite.bench.paymentUrl);
      const quick = { SHOP_SWEEP_GRACE_MS: '300', SHOP_SWEEP_EVERY_MS: '100', SHOP_KEY_LOCK_MS: '500' };
      const { url } = await suite.bench.startShop({ SHOP_PAYMENT_URL: wire.url, ...quick });
      const shop = patientClient(url);
      const { orderId } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
      wire.loseAnswersTo('POST /refunds');
      expect((await shopClient(url).bringBack('c-1', 'r1', orderId, some(2))).status).toBeGreaterThanOrEqual(
        503,
      );
      wire.loseAnswersTo(undefined);
      const books = await settledBooks(suite.bench);
      expect(books.returns).toMatchObject([{ status: 'refunded' }]);
      expect(books.payments.filter((line) => line.operation === 'refund')).toHaveLength(1);
      expect((await shop.bringBack('c-1', 'r1', orderId, some(2))).body.orderStatus).toBe('part_returned');
      await wire.close();
    },
  );
});
