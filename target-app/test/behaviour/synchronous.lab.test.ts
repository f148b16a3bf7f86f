import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { shopClient } from '../support/shop-client.ts';

/** What the shop does with a commit that waits for a second server, and waits in vain. */
const suite = benchSuite(4, { servers: 'own' });
const lines = [{ sku: 'SKU-0001', quantity: 1 }];
const purchase = { customer: 'c-1', key: 'k1', lines };
/** Nobody hangs: the request's own deadline is 2.5 s, the rest is for a machine that stalls. */
const inTimeMs = 15_000;

const database = () => new URL(suite.bench.databaseUrl).pathname.slice(1);
const onPrimary = (sql: string) => suite.postgres.primary.run(database(), sql);
const waiting = "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()";
const log = () => readFile(suite.postgres.primary.log, 'utf8');

async function withoutStandbys(work: () => Promise<void>): Promise<void> {
  const { standbys } = suite.postgres;
  await Promise.all(standbys.map((standby) => standby.signal('SIGSTOP')));
  try {
    await work();
  } finally {
    await Promise.all(standbys.map((standby) => standby.signal('SIGCONT')));
  }
}

async function expectBoughtOnce(url: string): Promise<void> {
  expect((await finalAnswer(() => shopClient(url).buy(purchase))).status).toBe(201);
  const books = await settledBooks(suite.bench);
  expect(books.orders.map((order) => order.status)).toEqual(['paid']);
}

it('is told to nobody: its socket is closed in time, it is not cancelled, and the same key buys once', async () => {
  // No edge before it, which loses patience on a machine that stalls.
  const { url } = await suite.bench.startApi();
  await withoutStandbys(async () => {
    const startedAt = performance.now();
    expect(await shopClient(url).buy(purchase)).toMatchObject({
      status: 503,
      body: { code: 'database-unavailable' },
    });
    expect(performance.now() - startedAt).toBeLessThan(inTimeMs);
    // Its server knows nothing of the client's end, and goes on waiting for a standby.
    expect(await onPrimary(`SELECT 1 ${waiting}`)).not.toEqual([]);
    // Of a wait alone: a session that a stalled shop leaves idle in its transaction for too long is terminated by itself.
    expect(await log()).not.toMatch(/due to user request|canceling the wait for synchronous replication/);
  });
  await expectBoughtOnce(url);
});

it('is unknown, too, when an operator cancels the wait: PostgreSQL calls it done, the shop does not', async () => {
  // Patient: what ends the wait is the operator alone.
  const { url } = await suite.bench.startApi({
    SHOP_DATABASE_DEADLINE_MS: '15000',
    SHOP_PAYMENT_DEADLINE_MS: '16000',
    SHOP_REQUEST_DEADLINE_MS: '18000',
  });
  await withoutStandbys(async () => {
    const buying = shopClient(url).buy(purchase);
    await eventually(async () => {
      expect(await onPrimary(`SELECT 1 ${waiting} AND query LIKE 'COMMIT%'`)).not.toEqual([]);
    }, 'the commit to wait');
    await onPrimary(`SELECT pg_cancel_backend(pid) ${waiting}`);
    expect((await buying).status).toBe(503);
    await eventually(async () => {
      expect(await log()).toContain('canceling wait for synchronous replication due to user request');
    }, 'the log to tell');
  });
  await expectBoughtOnce(url);
});
