import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Queries } from '../../src/data/database.ts';
import { Deadline } from '../../src/data/deadline.ts';
import { migrate } from '../../src/data/migrate.ts';
import { makeNextPartition, partitionsDue } from '../../src/data/partitions/make-partitions.ts';
import { partitionedTables } from '../../src/data/partitions/partitioned-tables.ts';
import { readPartitions } from '../../src/data/partitions/read-partitions.ts';
import { timeOf, uuidAt } from '../../src/data/partitions/uuid-at.ts';
import { sqlOrderBooks } from '../../src/order/sql-order-books.ts';
import { sqlReturnBooks } from '../../src/return/sql-return-books.ts';
import { benchPartitions } from '../support/bench-levels.ts';
import { eventually } from '../support/eventually.ts';
import { heldOrder } from '../support/held-order.ts';
import { openTestDatabase } from '../support/open-test-database.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { startShopBench } from '../support/shop-bench.ts';
import { watchPartitions } from '../support/touched-partitions.ts';

let postgres: Postgres;
let database: Database;
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
});
beforeEach(async () => {
  url = postgres.primary.url(await postgres.createShopDatabase(3));
  database = openTestDatabase(url);
});
afterEach(() => database.close());
afterAll(() => postgres.stop());

const deadline = () => Deadline.in(10_000);
const insert = (id: string) =>
  database.transaction(deadline(), (queries) => sqlOrderBooks.insert(queries, heldOrder(id)));
const partitionsOf = async (id: string) => {
  const found = await database.read(deadline(), (queries) =>
    queries.rows<{ name: string }>(
      `SELECT tableoid::regclass::text AS name FROM customer_order WHERE id = $1
        UNION ALL SELECT tableoid::regclass::text FROM order_line WHERE order_id = $1
        UNION ALL SELECT tableoid::regclass::text FROM payment WHERE order_id = $1
        UNION ALL SELECT tableoid::regclass::text FROM order_transition WHERE order_id = $1
        UNION ALL SELECT tableoid::regclass::text FROM outbox WHERE order_id = $1`,
      [id],
    ),
  );
  return found.map(({ name }) => name);
};
/** The highest UUIDv7 of a millisecond. */
const lastIdOf = (at: number) => uuidAt(at).replace('7000-8000-000000000000', '7fff-bfff-ffffffffffff');
const ends = async () => [...(await database.read(deadline(), readPartitions)).until.values()];

/** Somebody who is at the orders, in a transaction, until it is enough. */
async function whoLooksLong() {
  const [looking, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const gone = database.transaction(deadline(), async (queries) => {
    await queries.rows('SET LOCAL idle_in_transaction_session_timeout = 0');
    await queries.rows('SELECT count(*) FROM customer_order');
    looking.resolve();
    await enough.promise;
  });
  await looking.promise;
  return { enough: enough.resolve, gone };
}

describe('an order', () => {
  it('lies with all that belongs to it in the partitions of its time, also on the edge of two', async () => {
    const edge = (Math.floor(Date.now() / benchPartitions.lengthMs) + 1) * benchPartitions.lengthMs;
    const [before, after] = [lastIdOf(edge - 1), uuidAt(edge)];
    await insert(before);
    await insert(after);
    const suffix = new Date(edge).toISOString().slice(0, 13).replaceAll('-', '').toLowerCase();
    expect(await partitionsOf(after)).toEqual(partitionedTables.map((table) => `${table}_${suffix}0000`));
    const earlier = await partitionsOf(before);
    expect(earlier).toHaveLength(partitionedTables.length);
    expect(earlier.filter((name) => name.endsWith(`${suffix}0000`))).toEqual([]);
  });

  it('is read and moved in one partition of each table, of the many there are', async () => {
    const now = Date.now();
    const ids = [0, 1, 2].map((hour) => uuidAt(now + hour * benchPartitions.lengthMs));
    for (const id of ids) await insert(id);
    const id = ids[1] ?? '';
    const most = async (work: (queries: Queries) => Promise<unknown>) => {
      let found = 0;
      await database.transaction(deadline(), async (queries) => {
        const watched = watchPartitions(queries);
        await work(watched.queries);
        found = watched.most();
      });
      return found;
    };
    expect(await most((queries) => sqlOrderBooks.load(queries, id))).toBe(1);
    expect(await most((queries) => sqlOrderBooks.load(queries, id, 'lock'))).toBe(1);
    expect(await most((queries) => sqlOrderBooks.payment(queries, id))).toBe(1);
    expect(await most((queries) => sqlOrderBooks.move(queries, id, 'held', 'paid'))).toBe(1);
    expect(await most((queries) => sqlOrderBooks.setVoidDue(queries, id))).toBe(1);
    expect(await most((queries) => sqlOrderBooks.setVoided(queries, id))).toBe(1);
    const goods = { id: uuidAt(now), orderId: id, customer: 'c-1', key: 'k', refundKey: 'r', cents: 500 };
    const lines = [{ sku: 'SKU-0001', quantity: 1, unitCents: 500 }];
    const back = { ...goods, status: 'refunding', lines } as const;
    expect(await most((queries) => sqlReturnBooks.insert(queries, back))).toBeLessThanOrEqual(1);
    expect(await most((queries) => sqlReturnBooks.complete(queries, back))).toBe(1);
    // The test could not tell one from many otherwise.
    expect(await most((queries) => queries.rows('SELECT count(*) FROM customer_order'))).toBeGreaterThan(3);
  });

  it('whose partition nobody has made is refused for now, and nothing of it is written', async () => {
    const id = uuidAt(Date.now() + 100 * benchPartitions.lengthMs);
    await expect(insert(id)).rejects.toMatchObject({ name: 'DatabaseUnavailable', reason: 'busy' });
    expect(await partitionsOf(id)).toEqual([]);
  });
});

describe('partitions', () => {
  it('are made once by two at once, without a gap, behind those that there are', async () => {
    const options = { lengthMs: benchPartitions.lengthMs, ahead: 6 };
    const [start = 0] = await ends();
    const all = async () => {
      const made: number[] = [];
      for (;;) {
        const next = await eventually(
          () => database.transaction(deadline(), (queries) => makeNextPartition(queries, options)),
          'the lock',
        );
        if (next === undefined) return made;
        expect(next.from).toBeGreaterThanOrEqual(start);
        made.push(next.to);
      }
    };
    const made = (await Promise.all([all(), all()])).flat().toSorted((a, b) => a - b);
    expect(made.length).toBeGreaterThanOrEqual(3);
    expect(made).toEqual(made.map((_, index) => start + (index + 1) * options.lengthMs));
    expect(new Set(await ends())).toEqual(new Set([made.at(-1)]));
  });

  it('are not made while somebody is at the orders for long, who is not kept waiting either', async () => {
    const reader = await whoLooksLong();
    const making = () =>
      database.transaction(deadline(), (queries) =>
        makeNextPartition(queries, { ...benchPartitions, ahead: 4 }),
      );
    const refused = making().finally(reader.enough);
    await expect(refused).rejects.toMatchObject({ reason: 'busy' });
    await reader.gone;
    expect(await eventually(making, 'the lock')).toBeDefined();
  });

  it('are made by a migration as soon as nobody is at the orders any more', async () => {
    const reader = await whoLooksLong();
    const migrating = migrate(url, { level: 3, partitions: { ...benchPartitions, ahead: 4 } });
    migrating.catch(() => {});
    const asks = async (statement: string) => {
      const found = await database.read(deadline(), (queries) =>
        queries.rows(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^${statement}'`,
        ),
      );
      expect(found).toHaveLength(1);
    };
    try {
      await eventually(() => asks('LOCK TABLE'), 'it waits for the lock');
      await eventually(() => asks('ROLLBACK'), 'it has given up once');
    } finally {
      reader.enough();
    }
    await reader.gone;
    expect(await migrating).toEqual([]);
    expect(
      await database.read(deadline(), (queries) => partitionsDue(queries, { ...benchPartitions, ahead: 4 })),
    ).toEqual([]);
  });

  it('take in the orders that were there before there were any', async () => {
    const plain = postgres.primary.url(await postgres.createShopDatabase(2));
    const level2 = openTestDatabase(plain);
    const id = uuidAt(Date.now());
    await level2.transaction(deadline(), (queries) => sqlOrderBooks.insert(queries, heldOrder(id)));
    await level2.close();
    await migrate(plain, { level: 3, partitions: benchPartitions });
    await database.close();
    database = openTestDatabase(plain);
    expect(await partitionsOf(id)).toEqual(partitionedTables.map((table) => `${table}_before`));
    const orphan = database.read(deadline(), (queries) =>
      queries.rows(`INSERT INTO order_line VALUES ($1, 'SKU-0001', 1, 1)`, [uuidAt(Date.now())]),
    );
    await expect(orphan).rejects.toThrow('order_line_order_id_fkey');
    await expect(insert(id)).rejects.toThrow('pkey');
  });
});

it('show how far they reach: less and less while their maker is away, enough when it is back', async () => {
  const bench = await startShopBench(postgres, 3);
  try {
    const run = (sql: string) => openOnce(bench.databaseUrl, (queries) => queries.rows(sql));
    await run(`INSERT INTO worker_lease VALUES ('partition-maker', 'nobody', 'infinity')`);
    const env = { SHOP_REPLICA_URLS: '', SHOP_PARTITION_MINUTES: '60', SHOP_PARTITIONS_AHEAD: '9' };
    const api = await bench.startApi(env);
    const ahead = async () => {
      const text = await (await fetch(`${api.url}/metrics`)).text();
      const values = partitionedTables.map((table) =>
        Number(new RegExp(`shop_partitions_ahead_seconds{table="${table}"} (\\S+)`).exec(text)?.[1]),
      );
      expect(values.every(Number.isFinite)).toBe(true);
      return Math.min(...values);
    };
    const first = await eventually(ahead, 'the gauge');
    expect(first).toBeLessThan(4 * 3600);
    await eventually(async () => expect(await ahead()).toBeLessThan(first - 0.5), 'it to fall');
    await run(`DELETE FROM worker_lease WHERE name = 'partition-maker'`);
    await eventually(async () => expect(await ahead()).toBeGreaterThan(9 * 3600), 'the maker', 60_000);
  } finally {
    await bench.stop();
  }
});

async function openOnce<T>(at: string, work: (queries: Queries) => Promise<T>): Promise<T> {
  const opened = openTestDatabase(at);
  try {
    return await opened.read(deadline(), work);
  } finally {
    await opened.close();
  }
}

it('reads the moment that an id was made from the id', () => {
  expect(timeOf(lastIdOf(1_800_000_000_000))).toBe(1_800_000_000_000);
});
