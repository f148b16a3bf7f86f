import { Deadline } from '../data/deadline.ts';
import { captureOf } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';
import { confirm, giveUp } from '../order/settle.ts';
import { finishEach } from './finish-each.ts';
import { loadWithPayment } from './load-with-payment.ts';
import type { Worker } from './worker.ts';

export interface LateCaptureOptions {
  readonly everyMs: number;
  /** Of one order, milliseconds. */
  readonly deadlineMs: number;
}

const batchSize = 50;

/**
 * Takes the money of orders that were accepted without it, by the key that was committed with them: however often it is
 * asked, the provider charges once. While the provider is away a round ends at its first order, and the orders wait.
 */
export function lateCapture(parts: OrderParts, options: LateCaptureOptions): Worker {
  return {
    name: 'late-capture',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      const due = await parts.database.read(Deadline.in(options.deadlineMs), (queries) =>
        queries.rows<{ id: string }>(
          `SELECT id FROM customer_order WHERE status = 'accepted' ORDER BY random() LIMIT $1`,
          [batchSize],
        ),
      );
      await finishEach(
        parts,
        due.map(({ id }) => id),
        {
          deadlineMs: options.deadlineMs,
          finish: (id, deadline) => take(parts, id, deadline),
          onPostponed: () => parts.metrics.lateCaptures.inc({ result: 'postponed' }),
        },
      );
    },
  };
}

/** What was cancelled meanwhile has its void on the sweeper's list: money that is taken here goes back by it. */
async function take(parts: OrderParts, id: string, deadline: Deadline): Promise<void> {
  const { order, payment } = await loadWithPayment(parts, id, deadline);
  if (order.status !== 'accepted') return;
  const result = await parts.payment.capture(captureOf(payment), deadline);
  parts.reached('late-captured');
  const to = result === 'accepted' ? 'paid' : result === 'declined' ? 'declined' : 'voided';
  const moved =
    to === 'paid'
      ? await confirm(parts, order, deadline, 'accepted')
      : await parts.database.transaction(deadline, (queries) =>
          giveUp(parts, queries, order, to, 'accepted'),
        );
  if (!moved) return;
  parts.metrics.lateCaptures.inc({ result: to });
  parts.logger.info({ orderId: id, result: to }, 'an accepted order was settled');
}
