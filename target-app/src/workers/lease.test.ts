import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, expect, it } from 'vitest';
import type { Database, Queries } from '../data/database.ts';
import type { PaymentClient } from '../payment/payment-client.ts';
import { ShopMetrics } from '../telemetry/shop-metrics.ts';
import { reconciler } from './reconciler.ts';
import { type RunningWorker, startWorker } from './worker.ts';

let holder = '';
const running: RunningWorker[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

/** One order was captured and has expired; it moved before the first look, and never again. */
const order = { id: 'o-1', status: 'expired', totalCents: 500, refundedCents: 0 };
const line = { operation: 'capture', result: 'accepted', orderId: 'o-1', key: 'k-1', cents: 500 };

const answers: readonly (readonly [string, (params: readonly unknown[]) => readonly object[]])[] = [
  ['INSERT INTO worker_lease', ([, owner]) => (owner === holder ? [{ name: 'reconciler' }] : [])],
  ['FROM order_transition', ([since]) => [{ ids: since === null ? ['o-1'] : null, at: new Date() }]],
  ['AS timeline', () => [{ timeline: 1 }]],
  ['FROM customer_order', ([ids]) => ((ids as string[]).includes('o-1') ? [order] : [])],
];
const rows = async (sql: string, params: readonly unknown[] = []) =>
  answers.find(([part]) => sql.includes(part))?.[1](params) ?? [];
const database = {
  read: <T>(_: unknown, work: (queries: Queries) => Promise<T>) => work({ rows } as unknown as Queries),
} as unknown as Database;

/** What an API tells: orders that disagree. */
function startApi(owner: string): () => Promise<number> {
  const registry = new Registry();
  const metrics = new ShopMetrics(registry);
  const logger = pino({ enabled: false });
  const payment = {
    journal: async (after: number) => (after === 0 ? [line] : []),
  } as unknown as PaymentClient;
  const how = { database, metrics, logger, everyMs: 1, deadlineMs: 60_000 };
  const worker = reconciler({ ...how, payment, orphanAgeMs: 60_000 });
  running.push(startWorker(worker, { ...how, owner, leaseMs: 1 }));
  return async () => (await metrics.mismatches.get()).values.reduce((sum, { value }) => sum + value, 0);
}

it('only who has the lease tells of mismatches, and whoever gets it finds those that did not move since', async () => {
  const apis = [startApi('api-1'), startApi('api-2')];
  const told = () => Promise.all(apis.map((mismatches) => mismatches()));
  const patience = { timeout: 30_000 };
  for (const [owner, expected] of [
    ['api-1', [1, 0]],
    ['api-2', [0, 1]],
    ['api-1', [1, 0]],
  ] as const) {
    holder = owner;
    await expect.poll(told, patience).toEqual(expected);
  }
});
