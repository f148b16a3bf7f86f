import { randomUUID } from 'node:crypto';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { type ShopConfig, workerPoolSize } from './config/shop-config.ts';
import { type Database, openDatabase } from './data/database.ts';
import { partitionedFrom } from './data/migrate.ts';
import { partitionOptions } from './data/partitions/make-partitions.ts';
import { openReads, type PoolOptions } from './data/reads/open-reads.ts';
import type { ReadRouter } from './data/reads/read-router.ts';
import { notePosition } from './data/session/position.ts';
import { sessionsFrom } from './data/session/session.ts';
import { feedCopier } from './feed/documents/copy-feed.ts';
import { openDocumentStore } from './feed/documents/document-store.ts';
import { documentFeed, sqlFeed } from './feed/feed-reader.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { Settings } from './operations/settings.ts';
import { createCancel } from './order/cancel.ts';
import { type Checkout, createCheckout } from './order/checkout.ts';
import type { OrderParts } from './order/parts.ts';
import { sqlKeys } from './order/sql-keys.ts';
import { sqlOrderBooks } from './order/sql-order-books.ts';
import { sqlStock } from './order/stock.ts';
import { createHttpPaymentClient } from './payment/http-payment-client.ts';
import { createReturnGoods } from './return/return-goods.ts';
import { sqlReturnBooks } from './return/sql-return-books.ts';
import { createWriteReview } from './review/write-review.ts';
import { shopEndpoints } from './shop-endpoints.ts';
import { openMetricsRegistry } from './telemetry/http-metrics.ts';
import type { Logger } from './telemetry/logger.ts';
import { showOperations } from './telemetry/operation-metrics.ts';
import { PartitionMetrics } from './telemetry/partition-metrics.ts';
import { ReplicaMetrics } from './telemetry/replica-metrics.ts';
import { ShopMetrics } from './telemetry/shop-metrics.ts';
import { bookGauges } from './workers/book-gauges.ts';
import { heartbeat } from './workers/heartbeat.ts';
import { holdExpiry } from './workers/hold-expiry.ts';
import { lateCapture } from './workers/late-capture.ts';
import { outboxRelay } from './workers/outbox-relay.ts';
import { partitionGauges } from './workers/partition-gauges.ts';
import { partitionMaker } from './workers/partition-maker.ts';
import { reconciler } from './workers/reconciler.ts';
import { replicaWatch } from './workers/replica-watch.ts';
import { sweeper } from './workers/sweeper.ts';
import type { Worker, WorkerHost } from './workers/worker.ts';

/** How often the primary's heartbeat is written and looked for on the replicas, milliseconds. */
const beatMs = 250;

/** Where a test, or a release, can put something else in the shop's place. The shop itself is composed without any. */
export interface ShopSeams {
  /** Replaces parts that every use case and worker is made of. */
  parts?(parts: OrderParts): OrderParts;
  checkout?(checkout: Checkout, parts: OrderParts): Checkout;
  workers?(workers: readonly Worker[], parts: OrderParts): readonly Worker[];
  reads?(reads: ReadRouter): ReadRouter;
}

export interface Shop {
  readonly endpoints: readonly Endpoint[];
  readonly workers: readonly Worker[];
  readonly host: WorkerHost;
  /** Of the requests. */
  readonly database: Database;
  /** One connection to each server, the primary's first, by which this process tells whether it can serve. */
  readonly readyBy: readonly Database[];
  readonly registry: Registry;
  close(): Promise<void>;
}

export function composeShop(settings: Settings, logger: Logger, seams: ShopSeams = {}): Shop {
  const config = settings.started;
  const registry = openMetricsRegistry();
  collectDefaultMetrics({ register: registry });
  const metrics = new ShopMetrics(registry);
  const open = (pool: PoolOptions) => openPool(config.NODE_NAME, logger, metrics, pool);
  const toPrimary = { url: config.SHOP_DATABASE_URL, deadlineMs: config.SHOP_DATABASE_DEADLINE_MS };
  const requests = open({
    ...toPrimary,
    name: 'requests',
    size: config.SHOP_POOL_SIZE,
    last: () => notePosition('primary'),
  });
  // The workers never wait behind a crowd of requests, nor the requests behind them.
  const chores = open({ ...toPrimary, name: 'workers', size: workerPoolSize });
  const reads = openReads({
    primary: requests,
    primaryUrl: config.SHOP_DATABASE_URL,
    replicaUrls: config.SHOP_REPLICA_URLS,
    poolSize: config.SHOP_POOL_SIZE,
    replicaDeadlineMs: Math.ceil(config.SHOP_DATABASE_DEADLINE_MS / 2),
    limitMs: config.SHOP_STALENESS_MS,
    metricsOf: (servers) => new ReplicaMetrics(registry, servers),
    open,
  });
  showOperations(registry, config.SHOP_RELEASE, () => settings.modes);
  metrics.watchPools({ requests, workers: chores, ...reads.pools });
  const servers = [{ name: 'primary', url: config.SHOP_DATABASE_URL }, ...config.SHOP_REPLICA_URLS];
  const readyBy = servers.map(({ name, url }) => open({ ...toPrimary, name: `ready ${name}`, url, size: 1 }));
  const payment = createHttpPaymentClient({
    url: config.SHOP_PAYMENT_URL,
    token: () => settings.paymentToken,
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
      returns: sqlReturnBooks,
      payment,
      metrics,
      logger,
      holdMs: config.SHOP_HOLD_MS,
      captureLater: () => settings.modes.captureLater,
      reached: () => {},
    });
  const router = seams.reads?.(reads.router) ?? reads.router;
  const feed = openFeed(config, router, chores);
  const parts = partsOn(requests);
  const workerParts = partsOn(chores);
  const good = createCheckout(parts);
  const checkout = seams.checkout?.(good, parts) ?? good;
  const watches = reads.watched.map((server) => replicaWatch(server, beatMs));
  const workers = [
    ...createWorkers(config, workerParts),
    ...watches,
    ...feed.workers,
    ...(config.SHOP_LEVEL < partitionedFrom ? [] : partitionWorkers(config, chores, logger, registry)),
  ];
  return {
    endpoints: shopEndpoints({
      database: requests,
      reads: router,
      feed: feed.reader,
      orders: parts.orders,
      checkout,
      cancel: createCancel(parts),
      returnGoods: createReturnGoods(parts),
      writeReview: createWriteReview(parts),
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
    readyBy,
    registry,
    close: async () => {
      const databases = [requests, chores, reads, ...readyBy, feed];
      await Promise.all([...databases, payment].map((opened) => opened.close()));
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
    lateCapture(parts, { everyMs, deadlineMs }),
    outboxRelay({ database, metrics, everyMs: 250, deadlineMs }),
    reconciler({
      database,
      payment,
      metrics,
      logger,
      everyMs: config.SHOP_RECONCILE_EVERY_MS,
      deadlineMs,
      orphanAgeMs: config.SHOP_ORPHAN_AGE_MS,
    }),
    bookGauges(database, metrics, 1000, deadlineMs),
    ...(config.SHOP_LEVEL >= 3
      ? [heartbeat(database, beatMs, deadlineMs, config.SHOP_LEVEL >= sessionsFrom)]
      : []),
  ];
}

/** Where feeds are read: in the database itself, unless the configuration names a store of documents. */
function openFeed(config: ShopConfig, router: ReadRouter, database: Database) {
  const reader = sqlFeed(router);
  const url = config.SHOP_FEED_URL;
  if (url === undefined) return { reader, workers: [], close: async () => {} };
  const size = config.SHOP_POOL_SIZE;
  const store = openDocumentStore({ url, size, deadlineMs: Math.ceil(config.SHOP_DATABASE_DEADLINE_MS / 2) });
  // A batch of documents takes longer than a reader waits.
  const copies = openDocumentStore({ url, size: 1, deadlineMs: 10_000 });
  const deadlineMs = config.SHOP_REQUEST_DEADLINE_MS;
  return {
    reader: documentFeed(store, reader),
    workers: [feedCopier({ database, store: copies, everyMs: 500, deadlineMs })],
    close: async () => {
      await Promise.all([store.close(), copies.close()]);
    },
  };
}

function partitionWorkers(
  config: ShopConfig,
  database: Database,
  logger: Logger,
  registry: Registry,
): readonly Worker[] {
  const deadlineMs = config.SHOP_REQUEST_DEADLINE_MS;
  return [
    partitionMaker({ database, logger, everyMs: 2000, deadlineMs, ...partitionOptions(config) }),
    partitionGauges(database, new PartitionMetrics(registry), 2000, deadlineMs),
  ];
}

function openPool(
  node: string,
  logger: Logger,
  metrics: ShopMetrics,
  { name, url, size, deadlineMs, last }: PoolOptions,
): Database {
  return openDatabase({
    url,
    applicationName: `${node} ${name}`,
    size,
    // Who would wait longer than the deadline is turned away at once: a queue of the doomed serves nobody.
    maxWaiting: size * 3,
    deadlineMs,
    onDeadline: () => metrics.databaseDeadlines.inc(),
    onLostConnection: (error) => {
      metrics.lostConnections.inc();
      logger.warn({ err: error, pool: name }, 'an idle database connection broke');
    },
    ...(last === undefined ? {} : { last }),
  });
}
