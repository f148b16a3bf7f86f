import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import { timelineSql } from '../data/session/position.ts';
import type { PaymentClient } from '../payment/payment-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type MismatchKind, mismatchKinds, type ShopMetrics } from '../telemetry/shop-metrics.ts';
import { isAbsent, type Orphan, plausible, watchOrphans } from './orphans.ts';
import { addLine, mismatchOf, netOf, nothingTaken, type ProviderView, type ShopView } from './reconcile.ts';
import type { Worker } from './worker.ts';

export interface ReconcilerOptions {
  readonly database: Database;
  readonly payment: PaymentClient;
  readonly metrics: ShopMetrics;
  readonly logger: Logger;
  readonly everyMs: number;
  readonly deadlineMs: number;
  /** How long a charge of an order that the database does not know is watched before it is voided, milliseconds. */
  readonly orphanAgeMs: number;
}

const pageSize = 1000;

/**
 * Compares the provider's journal with the orders: those that either book moved lately, and all of them after a promotion.
 * Both books move while they are read, so a disagreement counts only when the next round finds the same one again. Money of
 * an order that the database does not know, and never will, is given back.
 */
export function reconciler(options: ReconcilerOptions): Worker {
  const provider = new Map<string, ProviderView>();
  const captures = new Map<string, Orphan>();
  const orphanWatch = watchOrphans(options.orphanAgeMs, () => performance.now());
  /** A promotion begins a new one, in which orders of the old one may be missing. */
  let timeline: number | undefined;
  let lines = 0;
  let since: Date | undefined;
  let suspected = new Map<string, MismatchKind>();
  let confirmed = new Map<string, MismatchKind>();

  /** Orders with new lines, until a round has compared them. */
  const touched = new Set<string>();

  async function readJournal(): Promise<void> {
    for (let size = pageSize; size === pageSize; ) {
      const page = await options.payment.journal(lines, Deadline.in(options.deadlineMs));
      for (const line of page) {
        provider.set(line.orderId, addLine(provider.get(line.orderId) ?? nothingTaken, line));
        if (line.operation === 'capture' && line.result === 'accepted')
          captures.set(line.key, { orderId: line.orderId, captureKey: line.key });
        touched.add(line.orderId);
      }
      lines += page.length;
      size = page.length;
    }
  }

  /** Orders that moved lately; the overlap is longer than any transaction lasts, so none commits unseen. */
  async function movedOrders(): Promise<readonly string[]> {
    const rows = await options.database.read(Deadline.in(options.deadlineMs), (queries) =>
      queries.rows<{ ids: string[] | null; at: Date }>(
        `SELECT array_agg(DISTINCT order_id) AS ids, now() AS at FROM order_transition
          WHERE $1::timestamptz IS NULL OR at > $1::timestamptz - interval '10 seconds'`,
        [since ?? null],
      ),
    );
    since = rows[0]?.at;
    return rows[0]?.ids ?? [];
  }

  function readTimeline(): Promise<number | undefined> {
    return options.database.read(Deadline.in(options.deadlineMs), async (queries) => {
      const rows = await queries.rows<{ timeline: number }>(`SELECT ${timelineSql} AS timeline`);
      return rows[0]?.timeline;
    });
  }

  async function shopViews(ids: readonly string[]): Promise<ReadonlyMap<string, ShopView>> {
    const views = new Map<string, ShopView>();
    for (let start = 0; start < ids.length; start += pageSize) {
      for (const [id, view] of await shopPage(ids.slice(start, start + pageSize))) views.set(id, view);
    }
    return views;
  }

  async function shopPage(ids: readonly string[]): Promise<readonly (readonly [string, ShopView])[]> {
    const rows = await options.database.read(Deadline.in(options.deadlineMs), (queries) =>
      queries.rows<ShopView & { id: string }>(
        `SELECT o.id, o.status, o.total_cents AS "totalCents", p.refunded_cents AS "refundedCents",
                EXISTS (SELECT FROM order_return r WHERE r.order_id = o.id AND r.status = 'refunding') AS "returnPending",
                p.void_due AND p.voided_at IS NULL AS "voidPending"
           FROM customer_order o JOIN payment p ON p.order_id = o.id
          WHERE o.id = ANY ($1::uuid[]) AND p.order_id = ANY ($1::uuid[])`,
        [ids],
      ),
    );
    return rows.map(({ id, ...view }) => [id, view]);
  }

  /** @param unknown orders that have money at the provider and are not in the database. */
  async function voidOrphans(unknown: ReadonlySet<string>): Promise<void> {
    const due = new Set(orphanWatch.missed(unknown));
    if (due.size === 0) return;
    if (!plausible(unknown.size, provider.size)) {
      options.logger.error({ unknown: unknown.size }, 'most charges have no order here: nothing is voided');
      return;
    }
    for (const { orderId, captureKey } of [...captures.values()].filter((orphan) =>
      due.has(orphan.orderId),
    )) {
      if (!(await isAbsent(options.database, orderId, Deadline.in(options.deadlineMs)))) continue;
      await options.payment.void({ key: captureKey, orderId }, Deadline.in(options.deadlineMs));
      options.metrics.orphanVoids.inc();
      options.logger.warn({ orderId }, 'the money of an order that the database has lost was given back');
    }
  }

  function showConfirmed(): void {
    for (const kind of mismatchKinds) {
      const orders = [...confirmed.values()].filter((other) => other === kind);
      options.metrics.mismatches.set({ kind }, orders.length);
    }
  }

  return {
    name: 'reconciler',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      await readJournal();
      const timelineNow = await readTimeline();
      const all = timelineNow === timeline ? [] : provider.keys();
      const candidates = new Set([...touched, ...(await movedOrders()), ...all]);
      for (const id of [...suspected.keys(), ...confirmed.keys()]) candidates.add(id);
      const shop = await shopViews([...candidates]);
      touched.clear();
      timeline = timelineNow;
      const found = new Map<string, MismatchKind>();
      for (const id of candidates) {
        const kind = mismatchOf(shop.get(id), provider.get(id) ?? nothingTaken);
        if (kind !== undefined) found.set(id, kind);
      }
      const again = new Map(
        [...found].filter(([id, kind]) => (suspected.get(id) ?? confirmed.get(id)) === kind),
      );
      for (const [orderId, kind] of again) {
        if (!confirmed.has(orderId)) options.logger.error({ orderId, kind }, 'orders and provider disagree');
      }
      suspected = found;
      confirmed = again;
      showConfirmed();
      const taken = (id: string) => netOf(provider.get(id) ?? nothingTaken) > 0;
      await voidOrphans(new Set([...found.keys()].filter((id) => !shop.has(id) && taken(id))));
    },
    standBack: () => {
      // It will not see them move again, so it looks at them anew when its turn comes.
      for (const id of suspected.keys()) touched.add(id);
      suspected = new Map();
      confirmed = new Map();
      showConfirmed();
    },
  };
}
