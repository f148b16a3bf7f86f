import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { durationBuckets } from './http-metrics.ts';

export const checkoutResults = ['paid', 'accepted', 'declined', 'out_of_stock', 'lost', 'unknown'] as const;
export const lateCaptureResults = ['paid', 'declined', 'voided', 'postponed'] as const;
export const cancelResults = ['voided', 'refunded', 'refused', 'unknown'] as const;
export const returnResults = ['refunded', 'refused', 'unknown'] as const;
export const paymentOperations = ['capture', 'void', 'refund', 'lookup', 'journal'] as const;
export const paymentOutcomes = [
  'accepted',
  'declined',
  'tombstoned',
  'not_found',
  'refused',
  'unauthorized',
  'unknown',
] as const;
export const sweeperActions = [
  'confirmed',
  'declined',
  'voided',
  'void_sent',
  'refunded',
  'return_refunded',
  'postponed',
] as const;
export const mismatchKinds = [
  'paid_without_capture',
  'captured_without_paid_order',
  'amount_differs',
  'captured_twice',
  'refund_differs',
] as const;
export type MismatchKind = (typeof mismatchKinds)[number];

/** What the shop counts beside its HTTP requests. Every series exists from the start, at 0. */
export class ShopMetrics {
  readonly checkouts: Counter<'result'>;
  readonly cancels: Counter<'result'>;
  readonly returns: Counter<'result'>;
  readonly paymentSeconds: Histogram<'operation' | 'outcome'>;
  readonly databaseDeadlines: Counter;
  readonly lostConnections: Counter;
  readonly sweeper: Counter<'action'>;
  readonly lateCaptures: Counter<'result'>;
  readonly holdsExpired: Counter;
  readonly outboxPublished: Counter;
  readonly workerFailures: Counter<'worker'>;
  readonly mismatches: Gauge<'kind'>;
  readonly orphanVoids: Counter;
  readonly outboxAge: Gauge;
  readonly oldestHold: Gauge;
  readonly heldOrders: Gauge;
  readonly acceptedOrders: Gauge;
  readonly #pools: Gauge<'pool' | 'state'>;
  #watched: Readonly<Record<string, WatchedPool>> = {};

  constructor(registry: Registry) {
    const registers = [registry];
    const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Counter<L>({ name, help, labelNames: [...labelNames], registers });
    const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Gauge<L>({ name, help, labelNames: [...labelNames], registers });

    this.checkouts = counter('shop_checkouts_total', 'Checkouts by how they ended.', ['result']);
    this.cancels = counter('shop_cancels_total', 'Cancellations by how they ended.', ['result']);
    this.returns = counter('shop_returns_total', 'Returns by how they ended.', ['result']);
    this.paymentSeconds = new Histogram({
      name: 'shop_payment_request_duration_seconds',
      help: 'Duration of calls to the payment provider, time-outs included.',
      labelNames: ['operation', 'outcome'],
      buckets: durationBuckets,
      registers,
    });
    this.databaseDeadlines = counter(
      'shop_database_deadline_exceeded_total',
      'Database connections closed because the deadline had passed.',
    );
    this.lostConnections = counter(
      'shop_database_connections_lost_total',
      'Idle database connections that broke.',
    );
    this.sweeper = counter('shop_sweeper_orders_total', 'Abandoned orders by what the sweeper did.', [
      'action',
    ]);
    this.lateCaptures = counter(
      'shop_late_captures_total',
      'Payments of accepted orders by how they ended.',
      ['result'],
    );
    this.holdsExpired = counter('shop_holds_expired_total', 'Holds released because their time was up.');
    this.outboxPublished = counter('shop_outbox_published_total', 'Events delivered by the relay.');
    this.workerFailures = counter('shop_worker_failures_total', 'Rounds of a worker that failed.', [
      'worker',
    ]);
    this.mismatches = gauge(
      'shop_reconciler_mismatches',
      'Confirmed disagreements between the orders and the payment provider, at the last comparison.',
      ['kind'],
    );
    this.orphanVoids = counter(
      'shop_orphan_voids_total',
      'Charges given back because the database has lost their order.',
    );
    this.outboxAge = gauge('shop_outbox_oldest_age_seconds', 'Age of the oldest event not yet delivered.');
    this.oldestHold = gauge('shop_hold_oldest_age_seconds', 'Age of the oldest order that is still held.');
    this.heldOrders = gauge('shop_orders_held', 'Orders that are held now.');
    this.acceptedOrders = gauge('shop_orders_accepted', 'Accepted orders whose money is still to be taken.');
    this.#pools = new Gauge({
      name: 'shop_database_pool_connections',
      help: 'Connections of a pool, and callers waiting for one.',
      labelNames: ['pool', 'state'],
      registers,
      collect: () => this.#collectPools(),
    });

    for (const result of checkoutResults) this.checkouts.inc({ result }, 0);
    for (const result of cancelResults) this.cancels.inc({ result }, 0);
    for (const result of returnResults) this.returns.inc({ result }, 0);
    for (const result of lateCaptureResults) this.lateCaptures.inc({ result }, 0);
    for (const action of sweeperActions) this.sweeper.inc({ action }, 0);
    for (const kind of mismatchKinds) this.mismatches.set({ kind }, 0);
    for (const operation of paymentOperations) {
      for (const outcome of paymentOutcomes) this.paymentSeconds.zero({ operation, outcome });
    }
  }

  /** Their figures are read at each scrape. */
  watchPools(pools: Readonly<Record<string, WatchedPool>>): void {
    this.#watched = pools;
  }

  #collectPools(): void {
    for (const [pool, { connections }] of Object.entries(this.#watched)) {
      this.#pools.set({ pool, state: 'total' }, connections.total);
      this.#pools.set({ pool, state: 'idle' }, connections.idle);
      this.#pools.set({ pool, state: 'waiting' }, connections.waiting);
    }
  }
}

interface WatchedPool {
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number };
}
