import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditSnapshot } from '../../audit/index.ts';
import { skuOf } from '../../src/data/seed/catalogue.ts';
import { type Step, steps } from '../../src/order/parts.ts';
import { patientShop } from '../fuzz/patient-shop.ts';
import { fullestBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { startHoldingProxy } from '../support/holding-proxy.ts';
import type { RunningShop } from '../support/shop-bench.ts';
import { type ShopAnswer, shopClient } from '../support/shop-client.ts';
import { untilHeld } from '../support/until-held.ts';
import { untilKilled } from '../support/until-killed.ts';

/** What a request was about when its process was killed. No two meet at an order or an article. */
interface Crash {
  readonly step: Step;
  readonly during: 'checkout' | 'cancellation' | 'return';
  /** Who goes on with it: only one of them shall have to. */
  readonly next: 'buyer' | 'sweeper';
  readonly customer: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const stepsOf = (during: Crash['during']): readonly Step[] => {
  const [cancels, returns] = [steps.indexOf('cancel-before-commit'), steps.indexOf('return-before-commit')];
  if (during === 'checkout') return steps.slice(0, cancels);
  if (during === 'cancellation') return steps.slice(cancels, returns);
  // What is paid later has its own (paid-later.lab.test.ts).
  return steps.slice(returns, steps.indexOf('accept-before-commit'));
};

const crashes: readonly Crash[] = (
  [
    ['checkout', 'buyer'],
    ['checkout', 'sweeper'],
    ['cancellation', 'sweeper'],
    ['return', 'sweeper'],
  ] as const
)
  .flatMap(([during, next]) => stepsOf(during).map((step) => ({ step, during, next })))
  .map((crash, index) => ({
    ...crash,
    customer: `c-${index + 1}`,
    lines: [{ sku: skuOf(index + 1), quantity: 5 }],
  }));
const of = (during: Crash['during'], next: Crash['next'] = 'sweeper') =>
  crashes.filter((crash) => crash.during === during && crash.next === next);

/** What is abandoned stays so until its turn comes, however long the crashes before take. */
const patient = { SHOP_SWEEP_GRACE_MS: '3000000', SHOP_HOLD_MS: '3000000' };
/** Times short enough for a test; their order stays. */
const quick = { SHOP_SWEEP_GRACE_MS: '500', SHOP_SWEEP_EVERY_MS: '100', SHOP_LEASE_MS: '1000' };

/** Every crash leaves its order on the one database of a level; then others go on, as after an outage of many processes. */
describe.each(fullestBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const bought = new Map<Crash, { readonly orderId: string; readonly totalCents: number }>();
  const back = (crash: Crash) => crash.lines.map(({ sku }) => ({ sku, quantity: 2 }));
  const orderOf = (books: AuditSnapshot, crash: Crash) => {
    const orders = books.orders.filter(({ customer }) => customer === crash.customer);
    expect(orders.length).toBeLessThanOrEqual(1);
    return orders[0];
  };
  const buy = (shop: ReturnType<typeof shopClient>, { customer, lines }: Crash) =>
    shop.buy({ customer, key: 'k1', lines });
  const end = async (shop: RunningShop) => {
    for (const api of shop.apis) await api.kill();
  };

  describe('a process is killed', () => {
    /**
     * One process only, so that it is the one that a request meets. Its deadlines are long: a commit that it took for lost
     * would be found when the same key comes again, and the process live on.
     */
    const startCrashing = (step: Step, env: Readonly<Record<string, string>> = {}) =>
      suite.bench.startShop(
        { ...patient, ...patientShop, ...env, CRASH_AT: step },
        { entry: 'test/support/crashing-main.ts', apis: 1 },
      );

    it.concurrent.each([...of('checkout', 'buyer'), ...of('checkout')])(
      'at $step in a $during that its $next goes on with',
      async (crash) => {
        const shop = await startCrashing(crash.step);
        await untilKilled(shop, () => buy(shopClient(shop.url), crash));
      },
    );

    it.concurrent.each(of('cancellation'))('at $step in a $during', async (crash) => {
      const wire = await startHoldingProxy(suite.bench.paymentUrl);
      const crashing = await startCrashing(crash.step, { SHOP_PAYMENT_URL: wire.url });
      const shop = shopClient(crashing.url);
      // A cancellation ends with this commit only while the order is held: its money is still on its way.
      const isHeld = crash.step === 'cancel-before-commit';
      if (isHeld) wire.hold('POST /captures');
      const ask = () => buy(shop, crash);
      const { answer } = isHeld ? await untilHeld(wire, ask) : { answer: finalAnswer(ask) };
      const buying = answer.catch(() => undefined);
      const { id, totalCents } = await eventually(async () => {
        const order = orderOf(await suite.bench.audit(), crash);
        if (order?.status !== (isHeld ? 'held' : 'paid')) throw new Error('not yet');
        return order;
      }, 'the order to be there');
      bought.set(crash, { orderId: id, totalCents });
      await untilKilled(crashing, () => shop.cancel(crash.customer, 'k2', id));
      wire.release();
      await buying;
      await wire.close();
    });

    it.concurrent.each(of('return'))('at $step in a $during', async (crash) => {
      const crashing = await startCrashing(crash.step);
      const shop = shopClient(crashing.url);
      const { orderId, totalCents } = (await finalAnswer(() => buy(shop, crash))).body;
      bought.set(crash, { orderId, totalCents });
      await untilKilled(crashing, () => shop.bringBack(crash.customer, 'k2', orderId, back(crash)));
    });
  });

  describe('the buyer asks again with the same key', () => {
    let shop: RunningShop;
    beforeAll(async () => {
      // The sweeper keeps away: the retry alone must find the way from where the order stands.
      shop = await suite.bench.startShop(patient);
    });
    afterAll(() => end(shop));

    it.concurrent.each(of('checkout', 'buyer'))('and buys once what was left at $step', async (crash) => {
      const answer = await finalAnswer(() => buy(shopClient(shop.url), crash));
      expect(answer.status).toBe(201);
      const books = await suite.bench.audit();
      expect(orderOf(books, crash)).toMatchObject({ id: answer.body.orderId, status: 'paid' });
      expect(netOf(books, answer.body.orderId)).toBe(answer.body.totalCents);
    });
  });

  describe('the next processes finish', () => {
    const answers = new Map<Crash, ShopAnswer>();
    let books: AuditSnapshot;
    beforeAll(async () => {
      const shop = shopClient((await suite.bench.startShop(quick)).url);
      const ask = async (crash: Crash, request: () => Promise<ShopAnswer>) =>
        answers.set(crash, await finalAnswer(request));
      const orderIdOf = (crash: Crash) => bought.get(crash)?.orderId ?? '';
      // Who cancels asks again at once, beside the sweeper. Who brings back waits: the sweeper needs nobody.
      await Promise.all(
        of('cancellation').map((crash) =>
          ask(crash, () => shop.cancel(crash.customer, 'k2', orderIdOf(crash))),
        ),
      );
      await settledBooks(suite.bench);
      await Promise.all(
        of('return').map((crash) =>
          ask(crash, () => shop.bringBack(crash.customer, 'k2', orderIdOf(crash), back(crash))),
        ),
      );
      books = await settledBooks(suite.bench);
    });

    it.each(of('checkout'))('what was left at $step in a checkout, without the buyer', (crash) => {
      const order = orderOf(books, crash);
      if (crash.step === 'reserve-before-commit') expect(order).toBeUndefined();
      else if (crash.step === 'reserved') expect(order?.status).toBe('voided');
      else expect(order?.status).toBe('paid');
    });

    it.each(of('cancellation'))('what was left at $step in a cancellation; its key is answered', (crash) => {
      const { orderId = '' } = bought.get(crash) ?? {};
      const answer = answers.get(crash);
      expect(answer?.status === 200 || answer?.body.code === 'order-not-cancellable').toBe(true);
      const order = orderOf(books, crash);
      expect(order?.id).toBe(orderId);
      expect(['voided', 'refunded']).toContain(order?.status);
      expect(netOf(books, orderId)).toBe(0);
    });

    it.each(of('return'))('what was left at $step in a return; its key is answered', (crash) => {
      const { orderId = '', totalCents = 0 } = bought.get(crash) ?? {};
      const answer = answers.get(crash);
      expect(answer).toMatchObject({ status: 201, body: { orderId, orderStatus: 'part_returned' } });
      const returns = books.returns.filter((goods) => goods.orderId === orderId);
      expect(returns).toMatchObject([{ key: 'k2', status: 'refunded', lines: back(crash) }]);
      expect(netOf(books, orderId)).toBe(totalCents - answer?.body.refundedCents);
    });

    it('and nothing else stands in the books', () => {
      const left = crashes.filter(({ step, next }) => step !== 'reserve-before-commit' || next === 'buyer');
      expect(books.orders.map(({ customer }) => customer).toSorted()).toEqual(
        left.map(({ customer }) => customer).toSorted(),
      );
    });
  });
});
