import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { patientShop } from '../fuzz/patient-shop.ts';
import { fullestBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts';
import type { RunningShop } from '../support/shop-bench.ts';
import { type ShopAnswer, shopClient } from '../support/shop-client.ts';
import { untilHeld } from '../support/until-held.ts';

describe.each(fullestBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);
  const lines = [{ sku: 'SKU-0200', quantity: 5 }];
  const purchase = { customer: 'c-1', key: 'k1', lines };
  const quick = { SHOP_SWEEP_GRACE_MS: '300', SHOP_SWEEP_EVERY_MS: '100', SHOP_LEASE_MS: '1000' };

  let wire: HoldingProxy;
  beforeEach(async () => {
    wire = await startHoldingProxy(suite.bench.paymentUrl);
  });
  afterEach(() => wire.close());

  /** Where a busy machine turns a purchase away before it comes to the provider, it is tried again. */
  const untilTimeout = (buy: () => Promise<ShopAnswer>) =>
    eventually(
      async () => expect(await buy()).toMatchObject({ status: 504, body: { code: 'payment-timeout' } }),
      'the provider to be too late',
    );

  /** On a machine that stalls the edge is too late before the provider is, and its buyer would come again. */
  const pastTheEdge = ({ apis }: RunningShop) => shopClient(apis[0]!.url);

  const startShop = (env: Record<string, string>) =>
    suite.bench.startShop({ SHOP_PAYMENT_URL: wire.url, ...env });

  describe('a capture that is still on its way', () => {
    it('comes too late when the sweeper has given the order up: the void left a tombstone', async () => {
      const shop = pastTheEdge(await startShop(quick));
      wire.hold('POST /captures');
      await untilTimeout(() => shop.buy(purchase));
      expect(wire.held).toBe(1);
      await eventually(async () => {
        const { payments } = await suite.bench.audit();
        expect(payments).toMatchObject([{ operation: 'void', result: 'tombstoned', cents: 0 }]);
      }, 'the void');
      wire.release();
      const late = await finalAnswer(() => shop.buy(purchase));
      expect(late).toMatchObject({ status: 409, body: { code: 'checkout-voided' } });
      const books = await settledBooks(suite.bench);
      expect(books.orders).toMatchObject([{ status: 'voided' }]);
      expect(books.payments).toHaveLength(1);
    });

    it('is found by the same key again, which charges once', async () => {
      const shop = shopClient((await startShop({ SHOP_SWEEP_GRACE_MS: '60000' })).url);
      wire.loseAnswersTo('POST /captures');
      expect((await shop.buy(purchase)).status).toBeGreaterThanOrEqual(503);
      wire.loseAnswersTo(undefined);
      const answer = await finalAnswer(() => shop.buy(purchase));
      expect(answer.status).toBe(201);
      const books = await settledBooks(suite.bench);
      expect(books.payments).toMatchObject([{ operation: 'capture', result: 'accepted' }]);
    });
  });

  it('lets one win when a hold ends while its payment is under way, and keeps no money of a lost one', async () => {
    // Patient: only the end of the hold makes the payment too late.
    const shop = shopClient(
      (await startShop({ ...quick, ...patientShop, SHOP_HOLD_MS: '600', SHOP_SWEEP_GRACE_MS: '60000' })).url,
    );
    wire.hold('POST /captures');
    const buying = await untilHeld(wire, () => shop.buy(purchase));
    await eventually(async () => {
      const { orders } = await suite.bench.audit();
      expect(orders).toMatchObject([{ status: 'expired' }]);
    }, 'the hold to end');
    wire.release();
    expect([409, 504]).toContain((await buying.answer).status);
    const books = await settledBooks(suite.bench);
    expect(netOf(books, books.orders[0]?.id ?? '')).toBe(0);
    expect(await finalAnswer(() => shop.buy(purchase))).toMatchObject({
      status: 409,
      body: { code: 'hold-expired' },
    });
  });

  it('gives stock back when the provider is away for longer than a hold, and voids when it is back', async () => {
    const shop = pastTheEdge(await startShop({ ...quick, SHOP_HOLD_MS: '1000' }));
    suite.bench.payment.signal('SIGSTOP');
    await untilTimeout(() => shop.buy(purchase));
    await eventually(async () => {
      const { orders, stock } = await suite.bench.audit();
      expect(orders).toMatchObject([{ status: 'expired' }]);
      expect(stock.find((entry) => entry.sku === 'SKU-0200')).toMatchObject({ available: 50, held: 0 });
    }, 'the hold to end');
    suite.bench.payment.signal('SIGCONT');
    const books = await settledBooks(suite.bench);
    expect(netOf(books, books.orders[0]?.id ?? '')).toBe(0);
  });

  it('goes on after the provider was killed: what it had acknowledged is in its journal', async () => {
    // Time for the buyer to come again before the sweeper does, while the provider is there.
    const shop = shopClient((await startShop({ ...quick, SHOP_SWEEP_GRACE_MS: '3000' })).url);
    const first = await finalAnswer(() => shop.buy(purchase));
    await suite.bench.payment.kill();
    await eventually(async () => {
      const answer = await shop.buy({ ...purchase, key: 'k2' });
      expect(answer).toMatchObject({ status: 503, body: { code: 'payment-unavailable' } });
    }, 'the provider to be missed');
    await suite.bench.restartPayment();
    expect((await finalAnswer(() => shop.cancel('c-1', 'k3', first.body.orderId))).status).toBe(200);
    const books = await settledBooks(suite.bench);
    expect(books.orders.map((order) => order.status).toSorted()).toEqual(['refunded', 'voided']);
  });
});
