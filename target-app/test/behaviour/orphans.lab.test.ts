import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Queries } from '../../src/data/database.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { uuidAt } from '../../src/data/partitions/uuid-at.ts';
import { sqlOrderBooks } from '../../src/order/sql-order-books.ts';
import { patientShop } from '../fuzz/patient-shop.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { netOf, settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { heldOrder } from '../support/held-order.ts';
import { type HoldingProxy, startHoldingProxy } from '../support/holding-proxy.ts';
import type { NodeProcess } from '../support/node-process.ts';
import { openTestDatabase } from '../support/open-test-database.ts';
import { shopClient } from '../support/shop-client.ts';

const suite = benchSuite();
const lines = [{ sku: 'SKU-0200', quantity: 5 }];
const quick = { SHOP_RECONCILE_EVERY_MS: '100', SHOP_ORPHAN_AGE_MS: '500' };

let wire: HoldingProxy;
beforeEach(async () => {
  wire = await startHoldingProxy(suite.bench.paymentUrl);
});
afterEach(() => wire.close());

async function voidsOf(api: NodeProcess): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  return Number(/^shop_orphan_voids_total (\d+)/m.exec(text)?.[1]);
}

/** Rounds of the reconciler that were ended. */
async function roundsOf(api: NodeProcess): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  return Number(/_count\{operation="journal",outcome="accepted"\} (\d+)/.exec(text)?.[1]);
}

/** As a promotion does: the database is what it was before this customer's order, the provider is not. */
async function loseOrderOf(customer: string): Promise<void> {
  const database = openTestDatabase(suite.bench.databaseUrl);
  const lose = async (queries: Queries) => {
    const [order] = await queries.rows<{ id: string; held: boolean }>(
      `SELECT id, status = 'held' AS held FROM customer_order WHERE customer = $1`,
      [customer],
    );
    for (const table of [
      'idempotency_key',
      'order_line',
      'payment',
      'order_transition',
      'outbox',
      'invoice',
      'order_view',
    ]) {
      await queries.rows(`DELETE FROM ${table} WHERE order_id = $1`, [order?.id]);
    }
    await queries.rows('DELETE FROM customer_order WHERE id = $1', [order?.id]);
    await queries.rows(
      order?.held === true
        ? `UPDATE stock SET available = available + 5, held = held - 5 WHERE sku = 'SKU-0200'`
        : `UPDATE stock SET available = available + 5 WHERE sku = 'SKU-0200'`,
    );
  };
  // The shop may be at these rows for longer than a lock is waited for.
  await eventually(() => database.transaction(Deadline.in(10_000), lose), 'the order to be lost');
  await database.close();
}

describe('an order that the database has lost', () => {
  it('gives its money back, and only its own', async () => {
    const api = await suite.bench.startApi(quick);
    const shop = shopClient(api.url);
    const lost = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
    const kept = await finalAnswer(() => shop.buy({ customer: 'c-2', key: 'k1', lines }));
    // A promotion begins a new timeline, a new process knows none: both compare all orders. The first one is gone before: where
    // it has not compared the order yet, the void might be its own.
    await api.kill();
    await loseOrderOf('c-1');
    const next = await suite.bench.startApi(quick);
    await eventually(async () => expect(await voidsOf(next)).toBe(1), 'the void');
    const books = await settledBooks(suite.bench);
    expect(netOf(books, lost.body.orderId)).toBe(0);
    expect(netOf(books, kept.body.orderId)).toBe(kept.body.totalCents);
    expect(books.orders.map((order) => order.id)).toEqual([kept.body.orderId]);
    await eventually(() => expect(next.output()).toContain(lost.body.orderId), 'its log to name it');
  });

  it('while its payment was under way is bought anew by the same key, and paid once', async () => {
    // Patient: what ends the wait for the provider is its answer.
    const api = await suite.bench.startApi({ ...quick, ...patientShop, SHOP_PAYMENT_URL: wire.url });
    const shop = shopClient(api.url);
    wire.hold('POST /captures');
    const buying = shop.buy({ customer: 'c-1', key: 'k1', lines });
    await eventually(() => expect(wire.held).toBe(1), 'the capture to be under way');
    await loseOrderOf('c-1');
    wire.release();
    expect(await buying).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
    const answer = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
    expect(answer.status).toBe(201);
    await eventually(async () => expect(await voidsOf(api)).toBe(1), 'the void');
    const books = await settledBooks(suite.bench);
    expect(books.orders).toMatchObject([{ id: answer.body.orderId, status: 'paid' }]);
    expect(netOf(books, answer.body.orderId)).toBe(answer.body.totalCents);
  });
});

describe('money of an order that exists', () => {
  const charge = async (orderId: string) => {
    const response = await fetch(`${suite.bench.paymentUrl}/captures`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${suite.bench.paymentToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ key: `capture-${orderId}`, orderId, cents: 500, token: 'tok_ok' }),
    });
    expect(response.status).toBe(200);
  };

  it('is left alone while the commit of its order takes longer than charges are watched', async () => {
    const database = openTestDatabase(suite.bench.databaseUrl, { deadlineMs: 60_000 });
    const id = uuidAt(Date.now());
    const [written, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const committing = database.transaction(Deadline.in(60_000), async (queries) => {
      await queries.rows('SET LOCAL idle_in_transaction_session_timeout = 0');
      await sqlOrderBooks.insert(queries, heldOrder(id));
      await queries.rows(
        `UPDATE stock SET available = available - 1, held = held + 1 WHERE sku = 'SKU-0001'`,
      );
      written.resolve();
      await enough.promise;
    });
    await written.promise;
    await charge(id);
    const api = await suite.bench.startApi(quick);
    const watched = performance.now() + 2 * Number(quick.SHOP_ORPHAN_AGE_MS);
    await eventually(() => expect(performance.now()).toBeGreaterThan(watched), 'the charge to be due');
    const rounds = await roundsOf(api);
    await eventually(
      async () => expect(await roundsOf(api)).toBeGreaterThan(rounds + 3),
      'rounds with it due',
    );
    enough.resolve();
    await committing;
    const after = await roundsOf(api);
    await eventually(async () => expect(await roundsOf(api)).toBeGreaterThan(after + 10), 'more rounds');
    expect(await voidsOf(api)).toBe(0);
    expect(netOf(await suite.bench.audit(), id)).toBe(500);
    await database.close();
  });

  it('is left alone when the database knows next to no charge: it is rather the wrong one', async () => {
    for (let index = 0; index < 30; index += 1) await charge(randomUUID());
    const api = await suite.bench.startApi(quick);
    await eventually(() => expect(api.output()).toContain('most charges have no order here'), 'the refusal');
    expect(await voidsOf(api)).toBe(0);
  });
});
