import { describe, expect, it } from 'vitest';
import { audit } from '../../audit/index.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { uuidAt } from '../../src/data/partitions/uuid-at.ts';
import { isAbsent } from '../../src/workers/orphans.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { openTestDatabase } from '../support/open-test-database.ts';
import { replicasServe } from '../support/replicas-serve.ts';
import { scrape } from '../support/scrape.ts';
import { type ShopAnswer, shopClient } from '../support/shop-client.ts';

const suite = benchSuite(3, { servers: 'own' });
const limitMs = 2000;
/** A machine that stalls for some seconds makes no read of these too late. */
const patient = {
  SHOP_DATABASE_DEADLINE_MS: '6000',
  SHOP_PAYMENT_DEADLINE_MS: '12000',
  SHOP_REQUEST_DEADLINE_MS: '20000',
};
const lines = [{ sku: 'SKU-0001', quantity: 1 }];
const fromOf = (answer: ShopAnswer) => answer.headers.get('x-read-from');
const stalenessOf = (answer: ShopAnswer) => Number(answer.headers.get('x-staleness-ms'));

async function startReading(env: Readonly<Record<string, string>> = {}) {
  const api = await suite.bench.startApi(env);
  await replicasServe([api]);
  const shop = shopClient(api.url);
  const look = () => shop.get('/products/SKU-0001');
  return { api, shop, look };
}

/** The servers that a dozen reads came from. */
async function servers(look: () => Promise<ShopAnswer>): Promise<readonly (string | null)[]> {
  const answers: ShopAnswer[] = [];
  for (let round = 0; round < 12; round += 1) answers.push(await look());
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  return [...new Set(answers.map(fromOf))].toSorted();
}

const onStandbys = (sql: string) =>
  Promise.all(suite.postgres.standbys.map((standby) => standby.run('postgres', sql)));

describe('a read', () => {
  it('comes from the replicas in turn, which say how far behind they can be', async () => {
    const { api, shop, look } = await startReading();
    await eventually(async () => expect(await servers(look)).toEqual(['pg-2', 'pg-3']), 'both to serve');
    await eventually(async () => {
      const answer = await look();
      expect(stalenessOf(answer)).toBeGreaterThan(0);
      expect(stalenessOf(answer)).toBeLessThan(limitMs);
    }, 'a replica to tell');
    const bought = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
    // What a replica does not have yet, the primary has.
    const seen = await finalAnswer(() => shop.get(`/orders/${bought.body.orderId}`));
    expect(seen.status).toBe(200);
    const none = await finalAnswer(() => shop.get('/orders/00000000-0000-7000-8000-000000000000'));
    expect(none.status).toBe(404);
    await finalAnswer(() => shop.putCart('c-1', 'main', { lines }));
    expect(fromOf(await finalAnswer(() => shop.get('/carts/main')))).toBe('primary');
    const reads = await scrape(api, 'shop_reads_total');
    expect(reads.get('from="pg-2"')).toBeGreaterThan(0);
    expect(reads.get('from="pg-3"')).toBeGreaterThan(0);
    const staleness = await scrape(api, 'shop_replica_staleness_seconds');
    expect([...staleness.keys()]).toEqual(['replica="pg-2"', 'replica="pg-3"']);
  });

  it('goes to the primary while the replicas are further behind than is allowed', async () => {
    const { api, look } = await startReading();
    await onStandbys('SELECT pg_wal_replay_pause()');
    try {
      await eventually(async () => expect(await servers(look)).toEqual(['primary']), 'the primary to serve');
      await eventually(async () => {
        const staleness = [...(await scrape(api, 'shop_replica_staleness_seconds')).values()];
        expect(Math.min(...staleness)).toBeGreaterThan(limitMs / 1000);
      }, 'the gauge to tell');
    } finally {
      await onStandbys('SELECT pg_wal_replay_resume()');
    }
    await eventually(async () => expect(await servers(look)).toEqual(['pg-2', 'pg-3']), 'both to be back');
  });

  it('waits but briefly for a replica that hangs, which is left out until it answers again', async () => {
    // A request has time enough, so that only the wait for the replica may end it too late.
    const { look } = await startReading(patient);
    const [standby] = suite.postgres.standbys;
    await standby?.signal('SIGSTOP');
    try {
      const startedAt = performance.now();
      const answers = await Promise.all(Array.from({ length: 6 }, look));
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
      // The replica's share is half of what the database may take; a request has 20 s.
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      await eventually(async () => expect(await servers(look)).toEqual(['pg-3']), 'it to be left out');
    } finally {
      await standby?.signal('SIGCONT');
    }
    await eventually(async () => expect(await servers(look)).toEqual(['pg-2', 'pg-3']), 'it to be back');
  });
});

it('shows the catalogue, as old as it is, while the primary is away, and nothing that must be true', async () => {
  const running = await suite.bench.startShop();
  const shop = shopClient(running.url);
  const bought = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
  await suite.postgres.signal('SIGSTOP');
  try {
    const old = await eventually(async () => {
      const answer = await shop.get('/products/SKU-0001');
      // By far, so that it is too old for every API: each measures it by itself, on a busy machine somewhat late.
      expect(stalenessOf(answer)).toBeGreaterThan(2 * limitMs);
      return answer;
    }, 'the replicas to grow old');
    expect(old.status).toBe(200);
    expect(fromOf(old)).toMatch(/^pg-[23]$/);
    // Its own client gives up after 20 s: nobody hangs. Past the edge, which loses patience on a machine that stalls.
    const direct = shopClient(running.apis[0]!.url);
    expect((await direct.get(`/orders/${bought.body.orderId}`)).status).toBe(503);
    expect((await direct.buy({ customer: 'c-1', key: 'k2', lines })).status).toBe(503);
    await eventually(async () => {
      for (const api of running.apis) expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
    }, 'every API to be ready');
  } finally {
    await suite.postgres.signal('SIGCONT');
  }
  const later = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k2', lines }));
  expect(later.status).toBe(201);
  await settledBooks(suite.bench);
});

it('takes no word of a standby that an order is not there', async () => {
  const [standby] = suite.postgres.standbys;
  const name = new URL(suite.bench.databaseUrl).pathname.slice(1);
  const reading = openTestDatabase(standby?.url(name) ?? '');
  await eventually(
    () => reading.read(Deadline.in(10_000), (queries) => queries.rows('SELECT 1')),
    'it to answer',
  );
  await expect(isAbsent(reading, uuidAt(Date.now()), Deadline.in(10_000))).rejects.toMatchObject({
    name: 'DatabaseUnavailable',
    reason: 'connection',
  });
  await reading.close();
});

// The last one: it uses the file's servers up.
it('finds its new primary and what follows it after a promotion, without a restart', async () => {
  const { bench, postgres } = suite;
  const { api, shop, look } = await startReading();
  const before = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
  const [promoted, other] = postgres.standbys;
  if (promoted === undefined || other === undefined) throw new Error('there are two');
  const name = new URL(bench.databaseUrl).pathname.slice(1);
  await eventually(async () => {
    for (const standby of [promoted, other]) {
      const rows = await standby.run(name, 'SELECT id, status FROM customer_order');
      expect(rows).toMatchObject([{ id: before.body.orderId, status: 'paid' }]);
    }
  }, 'the order to be replicated');
  await postgres.primary.stop();
  await promoted.run('postgres', 'SELECT pg_promote()');
  const source = `host=127.0.0.1 port=${promoted.port} user=shop password=${new URL(bench.databaseUrl).password}`;
  await other.run('postgres', `ALTER SYSTEM SET primary_conninfo = '${source}'`);
  await other.run('postgres', 'SELECT pg_reload_conf()');
  await bench.front.leadTo(1);
  const after = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k2', lines }));
  expect(after.status).toBe(201);
  await eventually(async () => expect(await servers(look)).toEqual(['pg-3']), 'the one replica to serve');
  const staleness = await scrape(api, 'shop_replica_staleness_seconds');
  expect([...staleness.keys()]).toEqual(['replica="pg-3"']);
  const books = await audit({ databaseUrls: [promoted.url(name)], paymentJournal: bench.paymentJournal });
  expect(books.orders.map((order) => [order.id, order.status])).toEqual([
    [before.body.orderId, 'paid'],
    [after.body.orderId, 'paid'],
  ]);
  await eventually(async () => expect((await fetch(`${api.url}/readyz`)).status).toBe(200), 'it to be ready');
});
