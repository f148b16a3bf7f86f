import { Deadline } from '../data/deadline.ts';
import type { Order } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';
import { giveUp } from '../order/settle.ts';
import type { Worker } from './worker.ts';

export interface HoldExpiryOptions {
  readonly everyMs: number;
  /** Of one order, milliseconds. */
  readonly deadlineMs: number;
}

/** Gives stock back that was held too long, by the database's clock. Against a payment that arrives now, one wins. */
export function holdExpiry(parts: OrderParts, options: HoldExpiryOptions): Worker {
  return {
    name: 'hold-expiry',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      const due = await parts.database.read(Deadline.in(options.deadlineMs), (queries) =>
        queries.rows<{ id: string }>(
          `SELECT id FROM customer_order WHERE status = 'held' AND hold_expires_at <= now()
            ORDER BY hold_expires_at LIMIT 50`,
        ),
      );
      for (const { id } of due) await expire(parts, id, Deadline.in(options.deadlineMs));
    },
  };
}

async function expire(parts: OrderParts, id: string, deadline: Deadline): Promise<void> {
  const expired = await parts.database.transaction(deadline, async (queries): Promise<Order | undefined> => {
    const order = await parts.orders.load(queries, id);
    if (order === undefined) return undefined;
    return (await giveUp(parts, queries, order, 'expired')) ? order : undefined;
  });
  if (expired === undefined) return;
  parts.metrics.holdsExpired.inc();
  parts.logger.info({ orderId: id }, 'hold expired');
}
