import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/data/database.ts';
import { DatabaseUnavailable } from '../../src/data/database-errors.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { openTestDatabase } from '../support/open-test-database.ts';
import { shopClient } from '../support/shop-client.ts';

/** PgBouncer's promise is the pool: what the shop does when it is dry, hangs, or was never told of its sessions. */
const suite = benchSuite(2, { servers: 'own' });
const lines = [{ sku: 'SKU-0001', quantity: 1 }];
const pooled = () => suite.bench.front.url;
/** Nobody hangs: the request's own deadline is 2.5 s, the rest is for a machine that stalls. */
const inTimeMs = 15_000;
/** As the bench's PgBouncer has it. */
const poolSize = 12;

describe('a pool that has run dry', () => {
  /** Takes every server connection of the pool. @returns what gives them back. */
  async function takeAll(): Promise<() => Promise<void>> {
    const hog = openTestDatabase(pooled(), { size: poolSize, maxWaiting: poolSize, deadlineMs: 60_000 });
    const enough = Promise.withResolvers<void>();
    const taken = Array.from({ length: poolSize }, () => Promise.withResolvers<void>());
    const hold = (mine: PromiseWithResolvers<void>): Promise<void> =>
      hog
        .transaction(Deadline.in(60_000), async (queries) => {
          await queries.rows('SET LOCAL idle_in_transaction_session_timeout = 0');
          mine.resolve();
          await enough.promise;
        })
        .catch((error: unknown) => {
          // The shop was at it: the next one that becomes free is taken.
          if (error instanceof DatabaseUnavailable && error.reason === 'busy') return hold(mine);
          throw error;
        });
    const holding = taken.map(hold);
    await Promise.all(taken.map((mine) => mine.promise));
    return async () => {
      enough.resolve();
      await Promise.all(holding);
      await hog.close();
    };
  }

  it('is answered 503 in time, and serves again by itself', async () => {
    // No edge before it, which loses patience on a machine that stalls.
    const { url } = await suite.bench.startApi();
    const shop = shopClient(url);
    const before = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'before', lines }));
    expect(before.status).toBe(201);
    const giveBack = await takeAll();
    for (const _round of [1, 2]) {
      const startedAt = performance.now();
      const answers = await Promise.all([
        ...Array.from({ length: 30 }, () => shop.get('/products')),
        ...Array.from({ length: 10 }, (_, index) =>
          shop.buy({ customer: 'c-1', key: `during-${index}`, lines }),
        ),
      ]);
      expect(performance.now() - startedAt).toBeLessThan(inTimeMs);
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
    }
    await giveBack();
    await eventually(async () => expect((await shop.get('/products')).status).toBe(200), 'the shop');
    expect((await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'during-0', lines }))).status).toBe(201);
    await settledBooks(suite.bench);
  });

  it('leaves every API ready: what needs no database is served through the edge all the time', async () => {
    const { url, apis } = await suite.bench.startShop();
    const shop = shopClient(url);
    const giveBack = await takeAll();
    // Three times as long as the edge needs to take an API out.
    const until = performance.now() + 3000;
    while (performance.now() < until) {
      const crowd = Promise.allSettled(Array.from({ length: 40 }, () => shop.get('/products')));
      // One whose pool is dry would not be ready as long as that is so; who is late on a busy machine is asked again.
      await eventually(async () => {
        const readiness = apis.map((api) => fetch(`${api.url}/readyz`));
        const served = await Promise.all([shop.get('/openapi.json'), ...readiness]);
        expect(served.map((answer) => answer.status)).toEqual(served.map(() => 200));
      }, 'every API to be ready');
      const inVain = (await crowd).map((answer) => answer.status === 'fulfilled' && answer.value.status);
      // On a machine that stalls the edge may say 504.
      expect(inVain.filter((status) => status !== 503 && status !== 504)).toEqual([]);
    }
    await giveBack();
  });

  it('tells the shop so before its deadline, who then has lost the connection, and gets another', async () => {
    const giveBack = await takeAll();
    const shop = openTestDatabase(pooled(), { size: 1 });
    await expect(shop.read(Deadline.in(10_000), one)).rejects.toMatchObject({ reason: 'busy' });
    await giveBack();
    expect(await eventually(() => shop.read(Deadline.in(10_000), one), 'a connection')).toHaveLength(1);
    await shop.close();
  });
});

it('answers 503 in time while PgBouncer hangs, and serves again by itself', async () => {
  // No edge before it, which loses patience on a machine that stalls.
  const { url } = await suite.bench.startApi();
  const shop = shopClient(url);
  await Promise.all(Array.from({ length: 10 }, () => shop.get('/products')));
  suite.bench.front.pgbouncer?.signal('SIGSTOP');
  try {
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 30 }, () => shop.get('/products')));
    expect(performance.now() - startedAt).toBeLessThan(inTimeMs);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
  } finally {
    suite.bench.front.pgbouncer?.signal('SIGCONT');
  }
  await eventually(async () => expect((await shop.get('/products')).status).toBe(200), 'the shop');
});

describe('a transaction through PgBouncer', () => {
  const slow = async (database: Database) => {
    // Connected before, so that only the work can be what takes too long.
    await eventually(() => database.read(Deadline.in(10_000), one), 'a connection');
    const startedAt = performance.now();
    const given = database.transaction(Deadline.in(60_000), async (queries) => {
      await queries.rows(`INSERT INTO cart (customer, id, lines) VALUES ('c-1', 'main', '[]')`);
      await queries.rows('SELECT pg_sleep(3)');
    });
    await expect(given).rejects.toMatchObject({ reason: 'deadline' });
    return performance.now() - startedAt;
  };

  it('that takes too long is given up on time by closing its socket; nothing is cancelled or kept', async () => {
    const database = openTestDatabase(pooled(), { size: 1, deadlineMs: 800 });
    expect(await slow(database)).toBeLessThan(inTimeMs);
    const backends = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`;
    const name = new URL(suite.bench.databaseUrl).pathname.slice(1);
    const direct = (sql: string) => suite.postgres.primary.run(name, sql);
    await eventually(async () => expect(await direct(backends)).toEqual([]), 'its server to be free');
    expect(await direct('SELECT 1 FROM cart')).toEqual([]);
    expect(await readFile(suite.postgres.primary.log, 'utf8')).not.toContain('due to user request');
    await database.close();
  });

  it('has the limits that stand in the database, whoever had its session before', async () => {
    const database = openTestDatabase(pooled(), { size: 6, maxWaiting: 12 });
    const limits = () =>
      database.read(Deadline.in(10_000), (queries) =>
        queries.rows(
          `SELECT current_setting('lock_timeout') AS lock,
                  current_setting('idle_in_transaction_session_timeout') AS idle`,
        ),
      );
    // A pool that is still empty may have no connection for all of them in time.
    const patient = () => eventually(limits, 'a connection');
    const found = (await Promise.all(Array.from({ length: 12 }, patient))).flat();
    expect(new Set(found.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ lock: '400ms', idle: '2s' })]),
    );
    await database.close();
  });
});

const one = (queries: { rows(sql: string): Promise<unknown[]> }) => queries.rows('SELECT 1');
