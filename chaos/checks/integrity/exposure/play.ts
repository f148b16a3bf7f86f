import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Postgres, startShopBench } from '@firedrill/target-app/testing';
import pg from 'pg';
import { readOperations } from '../../../ledger/ledger-reader.ts';
import { LedgerWriter } from '../../../ledger/ledger-writer.ts';
import { randomStream } from '../../../load/random.ts';
import { shop } from '../../../targets/shop.ts';
import type { InvariantResult } from '../invariant.ts';
import { checkInvariants } from '../invariants.ts';
import { Buyers, type Purchase } from './buyers.ts';
import { startRelay } from './relay.ts';
import type { Scenario } from './scenario.ts';

/** Short times, so that a shop that has to wait for its sweeper is at rest in seconds. */
const quick = {
  SHOP_HOLD_MS: '2500',
  SHOP_KEY_LOCK_MS: '500',
  SHOP_SWEEP_GRACE_MS: '300',
  SHOP_SWEEP_EVERY_MS: '100',
  SHOP_LEASE_MS: '1000',
};
/** Several times what the good shop needs with these: hold, lock, grace, lease and two rounds of the sweeper. */
const restMs = 12_000;

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
  const bench = await startShopBench(postgres, undefined);
  const payment = await startRelay(bench.paymentUrl);
  const ledger = new LedgerWriter(join(folder, 'ledger.jsonl'));
  const env = { ...quick, ...scenario.env, SHOP_PAYMENT_URL: payment.url };
  const start = async () => {
    const api = await (broken === undefined
      ? bench.startApi(env)
      : bench.startApi({ ...env, BROKEN: broken }, brokenEntry));
    await fetch(`${api.url}/readyz`).catch((cause) => {
      throw new Error(`the shop did not start:\n${api.output()}`, { cause });
    });
    return api;
  };
  const api = await start();
  const front = await startRelay(api.url);
  const random = randomStream(seed);
  const database = new pg.Client({ connectionString: bench.databaseUrl });
  await database.connect();
  try {
    const { rows } = await database.query<{ sku: string }>('SELECT sku FROM stock ORDER BY sku');
    await scenario.play({
      front,
      payment,
      buyers: new Buyers(ledger),
      api,
      restart: start,
      random,
      purchases: (count) =>
        purchasesOf(
          count,
          rows.map((row) => row.sku),
          random,
        ),
      stock: async (sku, units) => {
        await database.query('UPDATE stock SET seeded = $2, available = $2 WHERE sku = $1', [sku, units]);
      },
      rest: () => atRest(database),
    });
    ledger.close();
    const operations = await readOperations(join(folder, 'ledger.jsonl'));
    const audit = await bench.audit();
    return { results: checkInvariants(operations, audit, shop.states, true), orders: audit.orders.length };
  } finally {
    ledger.close();
    await database.end();
    await Promise.all([front.close(), payment.close()]);
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function purchasesOf(count: number, skus: readonly string[], random: () => number): readonly Purchase[] {
  return Array.from({ length: count }, (_, index) => ({
    customer: `c-${1 + Math.floor(random() * 50)}`,
    key: `exposure-${index}`,
    lines: [{ sku: skus[Math.floor(random() * skus.length)]!, quantity: 1 }],
  }));
}

async function atRest(database: pg.Client): Promise<void> {
  const until = performance.now() + restMs;
  const open = `
    SELECT (SELECT count(*) FROM customer_order WHERE status IN ('held', 'refunding'))
         + (SELECT count(*) FROM payment WHERE void_due AND voided_at IS NULL) AS open`;
  while (performance.now() < until) {
    const { rows } = await database.query<{ open: string }>(open);
    if (rows[0]?.open === '0') return;
    await sleep(100);
  }
}
