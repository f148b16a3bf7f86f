import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditSnapshot } from '../../audit/index.ts';
import type { Step } from '../../src/order/parts.ts';
import { patientShop } from '../fuzz/patient-shop.ts';
import { fullestBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { booksOf, netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts';
import { type OperatedShop, startOperatedShop } from '../support/operated-shop.ts';
import { ownCustomer } from '../support/own-customer.ts';
import { type PatientClient, patientClient } from '../support/patient-client.ts';
import type { RunningShop } from '../support/shop-bench.ts';
import { shopClient } from '../support/shop-client.ts';
import { untilHeld } from '../support/until-held.ts';
import { untilKilled } from '../support/until-killed.ts';

/** Who buys comes again before a sweeper gives the checkout up, however long the machine stalls: here nobody abandons one. */
const quick = { SHOP_SWEEP_GRACE_MS: '60000', SHOP_SWEEP_EVERY_MS: '100', SHOP_LEASE_MS: '1000' };
const later = { SHOP_CAPTURE_LATER: 'true' };

describe.each(fullestBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  const me = ownCustomer();
  let wire: HoldingProxy;
  let operated: OperatedShop;
  let shop: PatientClient;
  const running: RunningShop[] = [];
  beforeAll(async () => {
    wire = await startHoldingProxy(suite.bench.paymentUrl);
    operated = await startOperatedShop(
      suite.bench,
      { ...quick, SHOP_PAYMENT_URL: wire.url },
      { first: later },
    );
    running.push(operated);
    shop = patientClient(operated.url);
  });
  // One that fails must not hold up those after it.
  afterEach(() => {
    suite.bench.payment.signal('SIGCONT');
    wire.release();
    wire.loseAnswersTo(undefined);
  });
  afterAll(async () => {
    await wire.close();
    await operated.end();
  });

  const lines = () => [{ sku: me.sku, quantity: 5 }];
  const buy = (token = 'tok_ok') => shop.buy({ customer: me.customer, key: 'k1', lines: lines(), token });
  const mine = async (): Promise<AuditSnapshot> => booksOf(await suite.bench.audit(), me.customer);
  const myOrder = async () => (await mine()).orders[0];
  const stockOf = (books: AuditSnapshot) => books.stock.find(({ sku }) => sku === me.sku);
  const ends = (status: string) =>
    eventually(async () => expect(await myOrder()).toMatchObject({ status }), `it to be ${status}`);

  it('takes the order while the provider is away, keeps its stock, and charges once when it is back', async () => {
    suite.bench.payment.signal('SIGSTOP');
    const accepted = await buy();
    expect(accepted).toMatchObject({ status: 202, body: { status: 'accepted' } });
    const { orderId, totalCents } = accepted.body;
    expect(await buy()).toMatchObject({ status: 202, text: accepted.text });
    const open = await mine();
    expect(open).toMatchObject({ orders: [{ id: orderId, status: 'accepted', totalCents }], payments: [] });
    expect(stockOf(open)).toMatchObject({ available: 45, held: 5 });
    suite.bench.payment.signal('SIGCONT');
    await ends('paid');
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(books.payments).toMatchObject([{ operation: 'capture', result: 'accepted', cents: totalCents }]);
    expect(stockOf(books)).toMatchObject({ available: 45, held: 0 });
    expect(await buy()).toMatchObject({ status: 202, text: accepted.text });
  });

  it('gives a refused card’s order up: its stock comes back and nothing was taken', async () => {
    const accepted = await buy('tok_declined');
    expect(accepted.status).toBe(202);
    await ends('declined');
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(netOf(books, accepted.body.orderId)).toBe(0);
    expect(stockOf(books)).toMatchObject({ available: 50, held: 0 });
  });

  it('voids what is cancelled before it is paid, and the money on its way goes back', async () => {
    wire.hold('POST /captures');
    const { orderId } = (await buy()).body;
    await eventually(() => expect(wire.held).toBeGreaterThan(0), 'the capture to be on its way');
    expect(await shop.bringBack(me.customer, 'k2', orderId, lines())).toMatchObject({
      status: 409,
      body: { code: 'order-not-returnable' },
    });
    expect(await shop.cancel(me.customer, 'k3', orderId)).toMatchObject({
      status: 200,
      body: { status: 'voided', refundedCents: 0 },
    });
    wire.release();
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(books.orders).toMatchObject([{ status: 'voided' }]);
    expect(netOf(books, orderId)).toBe(0);
    expect(stockOf(books)).toMatchObject({ available: 50, held: 0 });
  });

  it('does not give up a checkout that was under way when it was switched on: the same key again accepts it', async () => {
    await operated.set({});
    wire.hold('POST /captures');
    const impatient = shopClient(operated.url);
    const purchase = { customer: me.customer, key: 'k1', lines: lines() };
    const buying = await untilHeld(wire, () => impatient.buy(purchase));
    await operated.set(later);
    expect((await buying.answer).status).toBeGreaterThanOrEqual(503);
    const accepted = await finalAnswer(() => impatient.buy(purchase));
    expect(accepted.status).toBe(202);
    wire.release();
    await ends('paid');
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(books.payments).toMatchObject([{ operation: 'capture', result: 'accepted' }]);
  });

  it('charges once although the provider’s answers are lost', async () => {
    wire.loseAnswersTo('POST /captures');
    const { orderId, totalCents } = (await buy()).body;
    await eventually(async () => expect(netOf(await mine(), orderId)).toBe(totalCents), 'the capture');
    expect(await myOrder()).toMatchObject({ status: 'accepted' });
    wire.loseAnswersTo(undefined);
    await ends('paid');
    expect(netOf(await settledBooks(suite.bench), orderId)).toBe(totalCents);
  });

  /**
   * One process, and nobody but it and the buyer's own retry works on what it holds: whoever sweeps may give a checkout up first.
   * Patient: a commit that it took for lost would be found by the retry, and the process live on.
   */
  const startCrashing = async (step: Step) => {
    await Promise.all(running.splice(0).flatMap(({ apis }) => apis.map((api) => api.kill())));
    return suite.bench.startShop(
      {
        ...{ ...later, ...patientShop, SHOP_PAYMENT_URL: wire.url, CRASH_AT: step },
        ...{ SHOP_SWEEP_GRACE_MS: '3000000', SHOP_HOLD_MS: '3000000' },
      },
      { entry: 'test/support/crashing-main.ts', apis: 1 },
    );
  };
  const startAnother = async () => {
    const another = await suite.bench.startShop({ ...quick, ...later });
    running.push(another);
    return patientClient(another.url);
  };
  const expectBoughtOnce = async (orderId: string, totalCents: number) => {
    await ends('paid');
    const books = booksOf(await settledBooks(suite.bench), me.customer);
    expect(books.orders).toMatchObject([{ id: orderId }]);
    expect(netOf(books, orderId)).toBe(totalCents);
  };

  it.each<Step>(['accept-before-commit', 'accepted'])('goes on after a kill at %s', async (step) => {
    const crashing = await startCrashing(step);
    const purchase = { customer: me.customer, key: 'k1', lines: lines() };
    await untilKilled(crashing, () => shopClient(crashing.url).buy(purchase));
    const again = await (await startAnother()).buy(purchase);
    expect(again.status).toBe(202);
    await expectBoughtOnce(again.body.orderId, again.body.totalCents);
  });

  it('goes on after a kill between the late capture and its confirmation', async () => {
    const crashing = await startCrashing('late-captured');
    const purchase = { customer: me.customer, key: 'k1', lines: lines() };
    // Not killed before the buyer knows.
    wire.hold('POST /captures');
    const accepted = await finalAnswer(() => shopClient(crashing.url).buy(purchase));
    expect(accepted.status).toBe(202);
    wire.release();
    expect(await crashing.apis[0]?.exited).toMatchObject({ signal: 'SIGKILL' });
    expect(await myOrder()).toMatchObject({ status: 'accepted' });
    expect(await (await startAnother()).buy(purchase)).toMatchObject({ status: 202, text: accepted.text });
    await expectBoughtOnce(accepted.body.orderId, accepted.body.totalCents);
  });
});
