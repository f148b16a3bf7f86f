import { describe, expect, it } from 'vitest';
import { type Step, steps } from '../../src/order/parts.ts';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { expectNoAnswer } from '../support/no-answer.ts';
import type { RunningShop } from '../support/shop-bench.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);
  const lines = [{ sku: 'SKU-0200', quantity: 5 }];
  const purchase = { customer: 'c-1', key: 'k1', lines };
  const crashing = 'test/support/crashing-main.ts';

  /** Times short enough for a test; their order stays. */
  const quick = { SHOP_SWEEP_GRACE_MS: '500', SHOP_SWEEP_EVERY_MS: '100', SHOP_LEASE_MS: '1000' };

  const checkoutSteps = [
    'reserve-before-commit',
    'reserved',
    'captured',
    'confirm-before-commit',
    'confirmed',
  ] as const;
  const cancelSteps = [
    'cancel-before-commit',
    'refund-begun',
    'refund-taken',
    'refund-before-commit',
    'refunded',
  ] as const;
  const returnSteps = steps.filter((step) => step.startsWith('return'));

  /** One process only, so that it is the one that a request meets. */
  const startCrashing = (step: Step) =>
    suite.bench.startShop({ CRASH_AT: step }, { entry: crashing, apis: 1 });
  const expectKilled = async (shop: RunningShop) =>
    expect(await shop.apis[0]?.exited).toMatchObject({ signal: 'SIGKILL' });

  describe.each(checkoutSteps)('killed at %s in a checkout', (step) => {
    it('is finished by the next process, without the buyer', async () => {
      const { bench } = suite;
      const shop = await startCrashing(step);
      await expectNoAnswer(shopClient(shop.url).buy(purchase));
      await expectKilled(shop);
      await bench.startShop(quick);
      const books = await settledBooks(bench);
      const [order] = books.orders;
      if (step === 'reserve-before-commit') expect(order).toBeUndefined();
      else if (step === 'reserved') expect(order?.status).toBe('voided');
      else expect(order?.status).toBe('paid');
    });

    it('sells once when the buyer asks again with the same key', async () => {
      const { bench } = suite;
      const shop = await startCrashing(step);
      await expectNoAnswer(shopClient(shop.url).buy(purchase));
      // The sweeper keeps away: the retry alone must find the way from where the order stands.
      const next = shopClient((await bench.startShop({ SHOP_SWEEP_GRACE_MS: '60000' })).url);
      const answer = await finalAnswer(() => next.buy(purchase));
      expect(answer.status).toBe(201);
      const books = await settledBooks(bench);
      expect(books.orders).toMatchObject([{ id: answer.body.orderId, status: 'paid' }]);
      expect(netOf(books, answer.body.orderId)).toBe(answer.body.totalCents);
    });
  });

  describe.each(cancelSteps)('killed at %s in a cancellation', (step) => {
    it('is finished by the next process, and the same key gets the answer', async () => {
      const { bench } = suite;
      const crashingShop = await startCrashing(step);
      const shop = shopClient(crashingShop.url);
      if (step === 'cancel-before-commit') bench.payment.signal('SIGSTOP');
      const buying = shop.buy(purchase).catch(() => undefined);
      const orderId = await eventually(async () => {
        const [order] = (await bench.audit()).orders;
        if (order?.status !== (step === 'cancel-before-commit' ? 'held' : 'paid')) throw new Error('not yet');
        return order.id;
      }, 'the order to be there');
      await expectNoAnswer(shop.cancel('c-1', 'k2', orderId));
      bench.payment.signal('SIGCONT');
      await buying;
      await expectKilled(crashingShop);
      const next = shopClient((await bench.startShop(quick)).url);
      const answer = await finalAnswer(() => next.cancel('c-1', 'k2', orderId));
      expect(answer.status === 200 || answer.body.code === 'order-not-cancellable').toBe(true);
      const books = await settledBooks(bench);
      expect(books.orders).toMatchObject([{ id: orderId }]);
      expect(['voided', 'refunded']).toContain(books.orders[0]?.status);
      expect(netOf(books, orderId)).toBe(0);
    });
  });

  describe.each(returnSteps)('killed at %s in a return', (step) => {
    it('is finished by the next process, and the same key gets the answer', async () => {
      const { bench } = suite;
      const crashingShop = await startCrashing(step);
      const shop = shopClient(crashingShop.url);
      const { orderId, totalCents } = (await shop.buy(purchase)).body;
      const back = [{ sku: 'SKU-0200', quantity: 2 }];
      await expectNoAnswer(shop.bringBack('c-1', 'k2', orderId, back));
      await expectKilled(crashingShop);
      const next = shopClient((await bench.startShop(quick)).url);
      // Before the commit nothing had happened: the customer has to ask again. After it the sweeper needs nobody.
      if (step !== 'return-before-commit') await settledBooks(bench);
      const answer = await finalAnswer(() => next.bringBack('c-1', 'k2', orderId, back));
      expect(answer).toMatchObject({ status: 201, body: { orderId, orderStatus: 'part_returned' } });
      const books = await settledBooks(bench);
      expect(books.returns).toMatchObject([{ key: 'k2', status: 'refunded', lines: back }]);
      expect(netOf(books, orderId)).toBe(totalCents - answer.body.refundedCents);
    });
  });
});
