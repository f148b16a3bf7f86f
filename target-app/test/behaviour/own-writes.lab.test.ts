import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { finalAnswer } from '../support/final-answer.ts';
import type { NodeProcess } from '../support/node-process.ts';
import { anyStandby } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { replicasServe } from '../support/replicas-serve.ts';
import { scrape } from '../support/scrape.ts';
import { type ShopAnswer, shopClient } from '../support/shop-client.ts';

/** What a customer's own writes and looks promise about the next look, on three servers of which two have each commit. */
const suite = benchSuite(4, { servers: 'own' });
const lines = [{ sku: 'SKU-0001', quantity: 1 }];
const token = (answer: ShopAnswer) => answer.headers.get('x-consistency-token') ?? '';
const from = (answer: ShopAnswer) => answer.headers.get('x-read-from');

const onStandbys = (sql: string) =>
  Promise.all(suite.postgres.standbys.map((standby) => standby.run('postgres', sql)));
const pauseReplay = () => onStandbys('SELECT pg_wal_replay_pause()');
const resumeReplay = () => onStandbys('SELECT pg_wal_replay_resume()');

async function set(server: PostgresServer, setting: string, value: string): Promise<void> {
  await server.run('postgres', `ALTER SYSTEM SET ${setting} = '${value}'`);
  await server.run('postgres', 'SELECT pg_reload_conf()');
}

async function start() {
  // Old enough to lie for the length of a test.
  const api = await suite.bench.startApi({ SHOP_STALENESS_MS: '60000' });
  await replicasServe([api]);
  const shop = shopClient(api.url);
  const look = (orderId: string, told: string) =>
    shop.send('GET', `/orders/${orderId}`, {
      'x-customer': 'c-1',
      ...(told === '' ? {} : { 'x-consistency-token': told }),
    });
  return { api, shop, look };
}

const ownReads = async (api: NodeProcess, how: string) =>
  (await scrape(api, 'shop_own_reads_total')).get(`how="${how}"`) ?? 0;

describe('a customer who sends the token of the last answer', () => {
  it('sees what they wrote, whichever server is asked, and a replica again as soon as it has that', async () => {
    const { api, shop, look } = await start();
    const bought = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
    const { orderId } = bought.body;
    expect(token(bought)).toMatch(/^s1\.1\.[0-9A-F]+\/[0-9A-F]+$/);
    await eventually(async () => {
      const seen = await look(orderId, token(bought));
      expect([seen.status, from(seen)]).toEqual([200, expect.stringMatching(/^pg-[23]$/)]);
    }, 'a replica to serve it');
    await pauseReplay();
    try {
      const cancelled = await finalAnswer(() => shop.cancel('c-1', 'k2', orderId));
      expect(cancelled.body.status).toBe('refunded');
      // The replicas are young enough for who has no token, and lie.
      await eventually(async () => {
        const without = await look(orderId, '');
        expect([without.body.status, from(without)]).toEqual(['paid', expect.stringMatching(/^pg-[23]$/)]);
      }, 'a replica to lie');
      // On a busy machine a look may be refused, and the next one is not; what is shown is never old.
      const own = () => finalAnswer(() => look(orderId, token(cancelled)));
      for (const _turn of [1, 2, 3]) {
        const seen = await own();
        expect([seen.body.status, from(seen)]).toEqual(['refunded', 'primary']);
      }
      await resumeReplay();
      const shown: string[] = [];
      await eventually(async () => {
        const seen = await own();
        shown.push(seen.body.status);
        expect(from(seen)).toMatch(/^pg-[23]$/);
      }, 'a replica to have it');
      expect(new Set(shown)).toEqual(new Set(['refunded']));
    } finally {
      await resumeReplay();
    }
    expect(await ownReads(api, 'replica')).toBeGreaterThan(0);
    expect(await ownReads(api, 'primary')).toBeGreaterThanOrEqual(3);
  });

  it('never sees less than before: what one replica has shown, another one has too, or is not asked', async () => {
    const { shop, look } = await start();
    const [slow] = suite.postgres.standbys;
    const { orderId } = (await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }))).body;
    await eventually(async () => {
      for (const _turn of [1, 2]) expect((await look(orderId, '')).body.status).toBe('paid');
    }, 'both to have it');
    await slow?.run('postgres', 'SELECT pg_wal_replay_pause()');
    try {
      await finalAnswer(() => shop.cancel('c-1', 'k2', orderId));
      const seen = await eventually(async () => {
        const answer = await look(orderId, '');
        expect([answer.body.status, from(answer)]).toEqual(['refunded', 'pg-3']);
        return answer;
      }, 'the quick one to show it');
      expect(token(seen)).toMatch(/~$/);
      for (const _turn of [1, 2, 3, 4]) {
        const again = await finalAnswer(() => look(orderId, token(seen)));
        expect(again.body.status).toBe('refunded');
        expect(from(again)).not.toBe('pg-2');
      }
    } finally {
      await resumeReplay();
    }
  });

  it('gets 503 while nobody who answers has it, and waits a moment for a replica that is on its way', async () => {
    const { api, shop, look } = await start();
    const { orderId } = (await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }))).body;
    await pauseReplay();
    try {
      const told = token(await finalAnswer(() => shop.cancel('c-1', 'k2', orderId)));
      await suite.postgres.signal('SIGSTOP');
      expect((await look(orderId, told)).status).toBe(503);
      expect(await ownReads(api, 'refused')).toBe(1);
      // One look after the other: however long the machine takes to resume, some of them wait then.
      const looks: Promise<ShopAnswer>[] = [];
      const enough = new AbortController();
      const looking = (async () => {
        while (!enough.signal.aborted) {
          looks.push(look(orderId, told));
          await sleep(50);
        }
      })();
      try {
        await sleep(100);
        await resumeReplay();
        await eventually(
          async () => expect(await ownReads(api, 'waited')).toBeGreaterThan(0),
          'a look that waited',
        );
      } finally {
        enough.abort();
        await looking;
      }
      const seen = await Promise.all(looks);
      // 504: the machine stalled, and there was no time left to ask the next server.
      const shown = seen
        .filter(({ status }) => status !== 503 && status !== 504)
        .map(({ status, body }) => [status, body.status]);
      expect(shown).toEqual(shown.map(() => [200, 'refunded']));
    } finally {
      await suite.postgres.signal('SIGCONT');
      await resumeReplay();
    }
  });

  it('is not shown by the primary what it forgets to have shown: an unacknowledged commit that a replica has', async () => {
    const { shop, look } = await start();
    const { primary, standbys } = suite.postgres;
    const { orderId } = (await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }))).body;
    await set(primary, 'synchronous_standby_names', 'nobody');
    try {
      // Each sender reads the setting again when it comes to it, and until then its standby's word counts.
      await eventually(async () => {
        const counted = "SELECT FROM pg_stat_replication WHERE sync_state <> 'async'";
        expect(await primary.run('postgres', counted)).toHaveLength(0);
      }, 'no standby to count');
      // Every standby gets the commit, and none of them counts: it is never acknowledged.
      expect((await shop.cancel('c-1', 'k2', orderId)).status).toBe(503);
      const seen = await eventually(async () => {
        const answer = await look(orderId, '');
        expect(answer.body.status).toBe('refunding');
        return answer;
      }, 'a replica to show it');
      for (const standby of standbys) await standby.signal('SIGSTOP');
      expect((await finalAnswer(() => look(orderId, ''))).body.status).toBe('paid');
      expect((await look(orderId, token(seen))).status).toBe(503);
    } finally {
      for (const standby of standbys) await standby.signal('SIGCONT');
      await set(primary, 'synchronous_standby_names', anyStandby);
    }
    expect((await finalAnswer(() => shop.cancel('c-1', 'k2', orderId))).body.status).toBe('refunded');
    await settledBooks(suite.bench);
  });

  it('is refused in one line when it is none', async () => {
    const { look } = await start();
    expect(await look('00000000-0000-7000-8000-000000000000', 's1.2')).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ path: 'header X-Consistency-Token' }] },
    });
  });
});

// The last one: it uses the file's servers up.
it('believes no primary of before a promotion that it knows of, neither what it shows nor what it refuses', async () => {
  const { shop, look } = await start();
  const { bench, postgres } = suite;
  const [promoted, other] = postgres.standbys;
  if (promoted === undefined || other === undefined) throw new Error('there are two');
  const before = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k1', lines }));
  // One follows the other, which is promoted. The old primary lives on alone: none of its commits is acknowledged any more.
  const source = `host=127.0.0.1 port=${promoted.port} user=shop password=${new URL(bench.databaseUrl).password}`;
  await set(other, 'primary_conninfo', source);
  await eventually(async () => {
    expect(await promoted.run('postgres', 'SELECT FROM pg_stat_replication')).toHaveLength(1);
  }, 'one to follow the other');
  await promoted.run('postgres', 'SELECT pg_promote()');
  await bench.front.leadTo(1);
  const after = await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k2', lines }));
  expect(token(after)).toMatch(/^s1\.2\./);
  const cancelled = await finalAnswer(() => shop.cancel('c-1', 'k3', before.body.orderId));
  // Old sockets, a router that is late: writes and looks come to the old one again, and no replica is there to help.
  await bench.front.leadTo(0);
  for (const standby of postgres.standbys) await standby.signal('SIGSTOP');
  try {
    expect((await finalAnswer(() => look(before.body.orderId, ''))).body.status).toBe('paid');
    expect((await look(before.body.orderId, token(cancelled))).status).toBe(503);
    const bringBack = shop.send(
      'POST',
      `/orders/${after.body.orderId}/cancel`,
      { 'x-customer': 'c-1', 'idempotency-key': 'k4', 'x-consistency-token': token(cancelled) },
      {},
    );
    // It has never heard of that order, but its "no" is no answer.
    expect((await bringBack).status).toBe(503);
    expect((await shop.buy({ customer: 'c-1', key: 'k5', lines })).status).toBe(503);
  } finally {
    for (const standby of postgres.standbys) await standby.signal('SIGCONT');
  }
  await bench.front.leadTo(1);
  expect((await finalAnswer(() => shop.buy({ customer: 'c-1', key: 'k5', lines }))).status).toBe(201);
  // For what the test leaves behind on it.
  await set(postgres.primary, 'synchronous_standby_names', '');
  const orders = await promoted.run(
    new URL(bench.databaseUrl).pathname.slice(1),
    'SELECT idempotency_key FROM customer_order ORDER BY id',
  );
  expect(orders.map((row) => row['idempotency_key'])).toEqual(['k1', 'k2', 'k5']);
});
