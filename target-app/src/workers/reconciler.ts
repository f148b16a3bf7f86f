import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import type { PaymentClient } from '../payment/payment-client.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type MismatchKind, mismatchKinds, type ShopMetrics } from '../telemetry/shop-metrics.ts';
import { addLine, mismatchOf, nothingTaken, type ProviderView, type ShopView } from './reconcile.ts';
import type { Worker } from './worker.ts';

export interface ReconcilerOptions {
  readonly database: Database;
  readonly payment: PaymentClient;
  readonly metrics: ShopMetrics;
  readonly logger: Logger;
  readonly everyMs: number;
  readonly deadlineMs: number;
}

const pageSize = 1000;

/**
 * Compares the provider's journal with the orders. Both move while they are read, so a disagreement counts only when
 * the next round finds the same one again.
 */
export function reconciler(options: ReconcilerOptions): Worker {
  const provider = new Map<string, ProviderView>();
  let lines = 0;
  let since: Date | undefined;
  let suspected = new Map<string, MismatchKind>();
  let confirmed = new Map<string, MismatchKind>();

  /** @returns the orders that the new lines are about. */
  async function readJournal(): Promise<Set<string>> {
    const touched = new Set<string>();
    for (let size = pageSize; size === pageSize; ) {
      const page = await options.payment.journal(lines, Deadline.in(options.deadlineMs));
      for (const line of page) {
        provider.set(line.orderId, addLine(provider.get(line.orderId) ?? nothingTaken, line));
        touched.add(line.orderId);
      }
      lines += page.length;
      size = page.length;
    }
    return touched;
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

  async function shopViews(ids: readonly string[]): Promise<ReadonlyMap<string, ShopView>> {
    const rows = await options.database.read(Deadline.in(options.deadlineMs), (queries) =>
      queries.rows<ShopView & { id: string }>(
        `SELECT o.id, o.status, o.total_cents AS "totalCents", p.refunded_cents AS "refundedCents",
                EXISTS (SELECT FROM order_return r WHERE r.order_id = o.id AND r.status = 'refunding') AS "returnPending",
                p.void_due AND p.voided_at IS NULL AS "voidPending"
           FROM customer_order o JOIN payment p ON p.order_id = o.id WHERE o.id = ANY ($1::uuid[])`,
        [ids],
      ),
    );
    return new Map(rows.map(({ id, ...view }) => [id, view]));
  }

  return {
    name: 'reconciler',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      const candidates = new Set([...(await readJournal()), ...(await movedOrders())]);
      for (const id of [...suspected.keys(), ...confirmed.keys()]) candidates.add(id);
      const shop = await shopViews([...candidates]);
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
      for (const kind of mismatchKinds) {
        options.metrics.mismatches.set(
          { kind },
          [...again.values()].filter((other) => other === kind).length,
        );
      }
    },
  };
}
