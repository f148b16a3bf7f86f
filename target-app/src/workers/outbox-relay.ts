import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import { issueInvoices } from '../invoice/issue-invoices.ts';
import type { ShopMetrics } from '../telemetry/shop-metrics.ts';
import { type OrderEvent, projectOrderView } from './order-view.ts';
import type { Worker } from './worker.ts';

export interface OutboxRelayOptions {
  readonly database: Database;
  readonly metrics: ShopMetrics;
  readonly everyMs: number;
  readonly deadlineMs: number;
}

const batchSize = 50;

/**
 * Takes undelivered events, whichever have been committed, and hands them to the projection. It never remembers a
 * position: a slow transaction commits behind one, and its event would never be seen.
 */
export function outboxRelay(options: OutboxRelayOptions): Worker {
  const { database, metrics } = options;

  async function batch(): Promise<number> {
    const delivered = await database.transaction(Deadline.in(options.deadlineMs), async (queries) => {
      const events = await queries.rows<OrderEvent>(
        `SELECT order_id AS "orderId", sequence, payload FROM outbox WHERE published_at IS NULL
          ORDER BY created_at, sequence LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [batchSize],
      );
      const taken = await projectOrderView(queries, events);
      await issueInvoices(queries, taken);
      await queries.rows(
        `UPDATE outbox SET published_at = now()
           FROM unnest($1::uuid[], $2::integer[]) AS done (order_id, sequence)
          WHERE outbox.order_id = done.order_id AND outbox.sequence = done.sequence AND outbox.order_id = ANY ($1)`,
        [taken.map((event) => event.orderId), taken.map((event) => event.sequence)],
      );
      return taken.length;
    });
    metrics.outboxPublished.inc(delivered);
    return delivered;
  }

  return {
    name: 'outbox-relay',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      while ((await batch()) === batchSize);
    },
  };
}
