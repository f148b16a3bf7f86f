import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Postgres,
  replicasServe,
  type ShopBench,
  serversOf,
  startPostgres,
  startShopBench,
} from '@firedrill/target-app/testing';
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
import { type Servers, serversOn } from './servers.ts';

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
const patienceMs = {
  good: { rest: 60_000, projection: 20_000 },
  broken: { rest: 15_000, projection: 8_000 },
};

const brokenEntry = 'test/broken/main.ts';

/** What the checker found, and how many orders there were to be looked at. */
export interface Played {
  readonly results: readonly InvariantResult[];
  readonly orders: number;
}

/**
 * Plays a scenario on a shop of its own (a broken one when named), and checks the ledger against the books.
 * @param postgres for scenarios that need one server.
 */
export async function play(
  postgres: Postgres,
  scenario: Scenario,
  seed: number,
  broken?: string,
): Promise<Played> {
  if (scenario.level === undefined) return playOn(postgres, { scenario, seed, broken });
  const own = await startPostgres(serversOf(scenario.level));
  return playOn(own, { scenario, seed, broken }).finally(() => own.stop());
}

interface Piece {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly broken: string | undefined;
}

async function playOn(postgres: Postgres, piece: Piece): Promise<Played> {
  const { scenario } = piece;
  const level = scenario.level ?? 1;
  const folder = await mkdtemp(join(tmpdir(), 'firedrill-exposure-'));
  const bench = await startShopBench(postgres, level);
  const servers = serversOn(postgres, bench);
  const name = new URL(bench.databaseUrl).pathname.slice(1);
  const ask: Ask = async (sql, parameters = []) => {
    const database = new pg.Client({ connectionString: servers.primary.url(name) });
    await database.connect();
    return (await database.query(sql, [...parameters]).finally(() => database.end())).rows;
  };
  const ledger = new LedgerWriter(join(folder, 'ledger.jsonl'));
  const relays: Relay[] = [];
  const relay = async (url: string): Promise<Relay> => {
    const started = await startRelay(url);
    relays.push(started);
    return started;
  };
  try {
    await set(ask, scenario.settings ?? {});
    await perform({ ...piece, bench, servers, ask, ledger, relay });
    ledger.close();
    const operations = await readOperations(join(folder, 'ledger.jsonl'));
    const { paymentJournal } = bench;
    const audit = await shop.audit({ databaseUrls: [servers.primary.url(name)], paymentJournal });
    const { divergences } = servers;
    const { states } = shop;
    const { results } = checkInvariants({ operations, audit, states, settled: true, level, divergences });
    return { results, orders: audit.orders.length };
  } finally {
    ledger.close();
    await Promise.all(relays.map((started) => started.close()));
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One statement, straight to the primary of the moment. */
type Ask = (sql: string, parameters?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

interface Theatre extends Piece {
  readonly bench: ShopBench;
  readonly servers: Servers;
  readonly ask: Ask;
  readonly ledger: LedgerWriter;
  relay(url: string): Promise<Relay>;
}

async function perform(theatre: Theatre): Promise<void> {
  const { bench, servers, ask, ledger, relay, scenario, seed, broken } = theatre;
  const payment = await relay(bench.paymentUrl);
  const wire = await relay(bench.front.url);
  const databaseUrl = new URL(bench.front.url);
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
    if (scenario.level !== undefined) await replicasServe([started]);
    return started;
  };
  const api = await start();
  const front = await relay(api.url);
  const random = randomStream(seed);
  const buyers = new Buyers(ledger);
  const skus = await skusOf(ask);
  const purchases = (count: number) => purchasesOf(count, skus, random);
  await scenario.play({
    front,
    payment,
    database: wire,
    servers,
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
      await ask('UPDATE product SET price_cents = greatest(1, floor(price_cents * $1::float8))', [share]);
    },
    projected: (withinMs) =>
      untilZero(ask, 'SELECT count(*) AS open FROM outbox WHERE published_at IS NULL', withinMs),
    blocked: async () => {
      const [row] = await ask(
        `SELECT count(*)::integer AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return Number(row?.['count'] ?? 0);
    },
    stock: async (sku, units) => {
      await ask('UPDATE stock SET seeded = $2, available = $2 WHERE sku = $1', [sku, units]);
    },
    rest: () => atRest(ask, broken === undefined ? patienceMs.good : patienceMs.broken),
  });
}

function cheapestFirst(order: Bought): Bought {
  return { ...order, lines: order.lines.toSorted((a, b) => a.unitCents - b.unitCents) };
}

async function skusOf(ask: Ask): Promise<readonly string[]> {
  return (await ask('SELECT sku FROM stock ORDER BY sku')).map((row) => String(row['sku']));
}

/** For the sessions that are opened from now on. */
async function set(ask: Ask, settings: Readonly<Record<string, string>>): Promise<void> {
  const [row] = await ask('SELECT current_database() AS name');
  for (const [setting, value] of Object.entries(settings)) {
    await ask(`ALTER DATABASE ${row?.['name']} SET ${setting} = '${value}'`);
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
  ask: Ask,
  patience: { readonly rest: number; readonly projection: number },
): Promise<void> {
  await untilZero(
    ask,
    `SELECT (SELECT count(*) FROM customer_order WHERE status IN ('held', 'refunding'))
          + (SELECT count(*) FROM order_return WHERE status = 'refunding')
          + (SELECT count(*) FROM payment WHERE void_due AND voided_at IS NULL) AS open`,
    patience.rest,
  );
  await untilZero(ask, 'SELECT count(*) AS open FROM outbox WHERE published_at IS NULL', patience.projection);
}

async function untilZero(ask: Ask, sql: string, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const [row] = await ask(sql);
    if (row?.['open'] === '0') return;
    await sleep(50);
  }
}
