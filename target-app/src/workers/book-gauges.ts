import type { Database } from '../data/database.ts';
import { Deadline } from '../data/deadline.ts';
import type { ShopMetrics } from '../telemetry/shop-metrics.ts';
import type { Worker } from './worker.ts';

/** Measures what waits in the books: undelivered events, held orders and accepted ones. Every process shows the same figures. */
export function bookGauges(
  database: Database,
  metrics: ShopMetrics,
  everyMs: number,
  deadlineMs: number,
): Worker {
  return {
    name: 'book-gauges',
    everyMs,
    scope: 'own',
    run: async () => {
      const [row] = await database.read(Deadline.in(deadlineMs), (queries) =>
        queries.rows<{ outbox_age: number; hold_age: number; held: number; accepted: number }>(
          `SELECT
             (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 FROM outbox WHERE published_at IS NULL)
               AS outbox_age,
             (SELECT count(*) FROM customer_order WHERE status = 'accepted')::integer AS accepted,
             coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS hold_age,
             count(*)::integer AS held
           FROM customer_order WHERE status = 'held'`,
        ),
      );
      if (row === undefined) return;
      metrics.outboxAge.set(row.outbox_age);
      metrics.oldestHold.set(row.hold_age);
      metrics.heldOrders.set(row.held);
      metrics.acceptedOrders.set(row.accepted);
    },
  };
}
