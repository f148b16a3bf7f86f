import { randomUUID } from 'node:crypto';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { type ShopConfig, workerPoolSize } from './config/shop-config.ts';
import { type Database, openDatabase } from './data/database.ts';
import type { Endpoint } from './http/endpoint.ts';
import { createCancel } from './order/cancel.ts';
import { type Checkout, createCheckout } from './order/checkout.ts';
import type { OrderParts } from './order/parts.ts';
import { sqlKeys } from './order/sql-keys.ts';
import { sqlOrderBooks } from './order/sql-order-books.ts';
import { sqlStock } from './order/stock.ts';
import { createHttpPaymentClient } from './payment/http-payment-client.ts';
import { shopEndpoints } from './shop-endpoints.ts';
import { openMetricsRegistry } from './telemetry/http-metrics.ts';
import type { Logger } from './telemetry/logger.ts';
import { ShopMetrics } from './telemetry/shop-metrics.ts';
import { bookGauges } from './workers/book-gauges.ts';
import { holdExpiry } from './workers/hold-expiry.ts';
import { outboxRelay } from './workers/outbox-relay.ts';
import { reconciler } from './workers/reconciler.ts';
import { sweeper } from './workers/sweeper.ts';
import type { Worker, WorkerHost } from './workers/worker.ts';

/** Where a test can put something else in the shop's place. The shop itself is composed without any. */
export interface ShopSeams {
  /** Replaces parts that every use case and worker is made of. */
  parts?(parts: OrderParts): OrderParts;
  checkout?(checkout: Checkout, parts: OrderParts): Checkout;
  workers?(workers: readonly Worker[], parts: OrderParts): readonly Worker[];
}

export interface Shop {
  readonly endpoints: readonly Endpoint[];
  readonly workers: readonly Worker[];
  readonly host: WorkerHost;
  readonly database: Database;
  readonly registry: Registry;
  close(): Promise<void>;
}

export function composeShop(config: ShopConfig, logger: Logger, seams: ShopSeams = {}): Shop {
  const registry = openMetricsRegistry();
  collectDefaultMetrics({ register: registry });
  const metrics = new ShopMetrics(registry);
  const open = (pool: string, size: number) => openPool(config, logger, metrics, pool, size);
  const requests = open('requests', config.SHOP_POOL_SIZE);
  // The workers never wait behind a crowd of requests, nor the requests behind them.
  const chores = open('workers', workerPoolSize);
  metrics.watchPools({ requests, workers: chores });
  const payment = createHttpPaymentClient({
    url: config.SHOP_PAYMENT_URL,
    token: config.SHOP_PAYMENT_TOKEN,
    deadlineMs: config.SHOP_PAYMENT_DEADLINE_MS,
    observe: (operation, outcome, seconds) => metrics.paymentSeconds.observe({ operation, outcome }, seconds),
  });
  const withSeams = seams.parts ?? ((parts: OrderParts) => parts);
  const partsOn = (database: Database) =>
    withSeams({
      database,
      keys: sqlKeys(config.SHOP_KEY_LOCK_MS),
      stock: sqlStock,
      orders: sqlOrderBooks,
      payment,
      metrics,
      logger,
      holdMs: config.SHOP_HOLD_MS,
      reached: () => {},
    });
  const parts = partsOn(requests);
  const workerParts = partsOn(chores);
  const good = createCheckout(parts);
  const checkout = seams.checkout?.(good, parts) ?? good;
  const workers = createWorkers(config, workerParts);
  return {
    endpoints: shopEndpoints({
      database: requests,
      orders: parts.orders,
      checkout,
      cancel: createCancel(parts),
    }),
    workers: seams.workers?.(workers, workerParts) ?? workers,
    host: {
      database: chores,
      logger,
      metrics,
      owner: `${config.NODE_NAME}/${randomUUID()}`,
      leaseMs: config.SHOP_LEASE_MS,
      deadlineMs: config.SHOP_DATABASE_DEADLINE_MS,
    },
    database: requests,
    registry,
    close: async () => {
      await Promise.all([requests.close(), chores.close(), payment.close()]);
    },
  };
}

function createWorkers(config: ShopConfig, parts: OrderParts): readonly Worker[] {
  const { database, payment, metrics, logger } = parts;
  const deadlineMs = config.SHOP_REQUEST_DEADLINE_MS;
  const everyMs = config.SHOP_SWEEP_EVERY_MS;
  return [
    sweeper(parts, { everyMs, graceMs: config.SHOP_SWEEP_GRACE_MS, deadlineMs }),
    holdExpiry(parts, { everyMs, deadlineMs }),
    outboxRelay({ database, metrics, everyMs: 250, deadlineMs }),
    reconciler({ database, payment, metrics, logger, everyMs: config.SHOP_RECONCILE_EVERY_MS, deadlineMs }),
    bookGauges(database, metrics, 1000, deadlineMs),
  ];
}

function openPool(
  config: ShopConfig,
  logger: Logger,
  metrics: ShopMetrics,
  pool: string,
  size: number,
): Database {
  return openDatabase({
    url: config.SHOP_DATABASE_URL,
    applicationName: `${config.NODE_NAME} ${pool}`,
    size,
    // Who would wait longer than the deadline is turned away at once: a queue of the doomed serves nobody.
    maxWaiting: size * 3,
    deadlineMs: config.SHOP_DATABASE_DEADLINE_MS,
    onDeadline: () => metrics.databaseDeadlines.inc(),
    onLostConnection: (error) => {
      metrics.lostConnections.inc();
      logger.warn({ err: error, pool }, 'an idle database connection broke');
    },
  });
}
