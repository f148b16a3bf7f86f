import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Postgres, type ShopBench, startShopBench } from '@firedrill/target-app/testing';
import pg from 'pg';
import { readOperations } from '../../../ledger/ledger-reader.ts';
import { LedgerWriter } from '../../../ledger/ledger-writer.ts';
import { randomStream } from '../../../load/random.ts';
import { shop } from '../../../targets/shop.ts';
import type { InvariantResult } from '../invariant.ts';
import { checkInvariants } from '../invariants.ts';
import { type Bought, Buyers, type Purchase } from './buyers.ts';
import { type Relay, startRelay } from './relay.ts';
import type { Scenario } from './scenario.ts';

/**
 * Short times, so that a shop that has to wait for its sweeper is at rest in seconds; long deadlines, so that what happens
 * is the scenario's doing and not a busy machine's.
 */
const quick = {
  SHOP_DATABASE_DEADLINE_MS: '3000',
  SHOP_PAYMENT_DEADLINE_MS: '3500',
  SHOP_REQUEST_DEADLINE_MS: '6000',
  SHOP_HOLD_MS: '2500',
  SHOP_KEY_LOCK_MS: '500',
  SHOP_SWEEP_GRACE_MS: '300',
  SHOP_SWEEP_EVERY_MS: '100',
  SHOP_LEASE_MS: '1000',
};
/**
 * Many times what the good shop needs with these: hold, lock, grace, lease, two rounds of the sweeper and of the outbox's
 * relay. For a broken one nobody waits that long: what must come to rest by itself has long done so.
 */
const patienceMs = { good: { rest: 60_000, projection: 20_000 }, broken: { rest: 8_000, projection: 4_000 } };

const brokenEntry = 'test/broken/main.ts';

/** What the checker found, and how many orders there were to be looked at. */
export interface Played {
  readonly results: readonly InvariantResult[];
  readonly orders: number;
}

/** Plays a scenario on a shop of its own (a broken one when named), and checks the ledger against the books. */
export async function play(
  postgres: Postgres,
  scenario: Scenario,
  seed: number,
  broken?: string,
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-exposure-'));
  const bench = await startShopBench(postgres);
  const database = new pg.Client({ connectionString: bench.databaseUrl });
  await database.connect();
  const ledger = new LedgerWriter(join(folder, 'ledger.jsonl'));
  const relays: Relay[] = [];
  const relay = async (url: string): Promise<Relay> => {
    const started = await startRelay(url);
    relays.push(started);
    return started;
  };
  try {
    await set(database, scenario.settings ?? {});
    await playOn({ bench, database, ledger, relay, scenario, seed, broken });
    ledger.close();
    const operations = await readOperations(join(folder, 'ledger.jsonl'));
    const audit = await bench.audit();
    const { results } = checkInvariants({ operations, audit, states: shop.states, settled: true, level: 1 });
    return { results, orders: audit.orders.length };
  } finally {
    ledger.close();
    await database.end();
    await Promise.all(relays.map((started) => started.close()));
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Theatre {
  readonly bench: ShopBench;
  /** Straight to it. */
  readonly database: pg.Client;
  readonly ledger: LedgerWriter;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly broken: string | undefined;
  relay(url: string): Promise<Relay>;
}

async function playOn({ bench, database, ledger, relay, scenario, seed, broken }: Theatre): Promise<void> {
  const payment = await relay(bench.paymentUrl);
  const wire = await relay(bench.databaseUrl);
  const databaseUrl = new URL(bench.databaseUrl);
  databaseUrl.port = String(wire.port);
  const env = {
    ...quick,
    ...scenario.env,
    SHOP_PAYMENT_URL: payment.url,
    SHOP_DATABASE_URL: databaseUrl.href,
    ...(broken === undefined ? {} : { BROKEN: broken }),
  };
  const start = async () => {
    const started = await bench.startApi(env, broken === undefined ? undefined : brokenEntry);
    await fetch(`${started.url}/readyz`).catch((cause) => {
      throw new Error(`the shop did not start:\n${started.output()}`, { cause });
    });
    return started;
  };
  const api = await start();
  const front = await relay(api.url);
  const random = randomStream(seed);
  const buyers = new Buyers(ledger);
  const skus = await skusOf(database);
  const purchases = (count: number) => purchasesOf(count, skus, random);
  await scenario.play({
    front,
    payment,
    database: wire,
    buyers,
    api,
    restart: start,
    random,
    purchases,
    bought: async (count, quantity) => {
      const list = purchases(count).map((purchase) => {
        const at = skus.indexOf(purchase.lines[0]!.sku);
        const dearer = skus[at + 1] ?? skus[at - 1]!;
        const lines = [skus[at]!, dearer].map((sku) => ({ sku, quantity }));
        return { ...purchase, key: `bought-${purchase.key}`, lines };
      });
      const told = await Promise.all(list.map((purchase) => buyers.buyForSure(front.url, purchase)));
      return told.filter((order): order is Bought => order !== undefined).map(cheapestFirst);
    },
    sale: async (share) => {
      await database.query('UPDATE product SET price_cents = greatest(1, floor(price_cents * $1::float8))', [
        share,
      ]);
    },
    projected: (withinMs) =>
      untilZero(database, 'SELECT count(*) AS open FROM outbox WHERE published_at IS NULL', withinMs),
    blocked: async () => {
      const { rows } = await database.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0]?.count ?? 0;
    },
    stock: async (sku, units) => {
      await database.query('UPDATE stock SET seeded = $2, available = $2 WHERE sku = $1', [sku, units]);
    },
    rest: () => atRest(database, broken === undefined ? patienceMs.good : patienceMs.broken),
  });
}

function cheapestFirst(order: Bought): Bought {
  return { ...order, lines: order.lines.toSorted((a, b) => a.unitCents - b.unitCents) };
}

async function skusOf(database: pg.Client): Promise<readonly string[]> {
  const { rows } = await database.query<{ sku: string }>('SELECT sku FROM stock ORDER BY sku');
  return rows.map((row) => row.sku);
}

/** For the sessions that are opened from now on. */
async function set(database: pg.Client, settings: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await database.query<{ name: string }>('SELECT current_database() AS name');
  for (const [setting, value] of Object.entries(settings)) {
    await database.query(`ALTER DATABASE ${rows[0]!.name} SET ${setting} = '${value}'`);
  }
}

function purchasesOf(count: number, skus: readonly string[], random: () => number): readonly Purchase[] {
  return Array.from({ length: count }, (_, index) => ({
    customer: `c-${1 + Math.floor(random() * 50)}`,
    key: `exposure-${index}`,
    lines: [{ sku: skus[Math.floor(random() * skus.length)]!, quantity: 1 }],
  }));
}

async function atRest(
  database: pg.Client,
  patience: { readonly rest: number; readonly projection: number },
): Promise<void> {
  await untilZero(
    database,
    `SELECT (SELECT count(*) FROM customer_order WHERE status IN ('held', 'refunding'))
          + (SELECT count(*) FROM order_return WHERE status = 'refunding')
          + (SELECT count(*) FROM payment WHERE void_due AND voided_at IS NULL) AS open`,
    patience.rest,
  );
  await untilZero(
    database,
    'SELECT count(*) AS open FROM outbox WHERE published_at IS NULL',
    patience.projection,
  );
}

async function untilZero(database: pg.Client, sql: string, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const { rows } = await database.query<{ open: string }>(sql);
    if (rows[0]?.open === '0') return;
    await sleep(50);
  }
}
