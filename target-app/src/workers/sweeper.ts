import { Deadline } from '../data/deadline.ts';
import { refund } from '../order/cancel.ts';
import type { Order } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';
import { completeRefund, confirm, giveUp } from '../order/settle.ts';
import { completeReturn, refundReturn } from '../return/complete-return.ts';
import { finishEach } from './finish-each.ts';
import { type Found, loadWithPayment } from './load-with-payment.ts';
import type { Worker } from './worker.ts';

export interface SweeperOptions {
  readonly everyMs: number;
  /** How long after a key's lock ran out its order counts as abandoned, milliseconds: time for a retry by key. */
  readonly graceMs: number;
  /** Of one order, milliseconds. */
  readonly deadlineMs: number;
}

const batchSize = 20;

/** Finishes what nobody works on any more: abandoned checkouts, voids that are due, refunds and returns that were begun. */
export function sweeper(parts: OrderParts, options: SweeperOptions): Worker {
  const find = (sql: string) =>
    parts.database.read(Deadline.in(options.deadlineMs), async (queries) =>
      (await queries.rows<{ id: string }>(sql, [batchSize, options.graceMs])).map((row) => row.id),
    );
  const each = async (sql: string, finish: (id: string, deadline: Deadline) => Promise<void>) =>
    finishEach(parts, await find(sql), {
      deadlineMs: options.deadlineMs,
      finish,
      onPostponed: () => parts.metrics.sweeper.inc({ action: 'postponed' }),
    });
  return {
    name: 'sweeper',
    everyMs: options.everyMs,
    scope: 'leased',
    run: async () => {
      await each(abandonedSql, async (id, deadline) =>
        finishCheckout(parts, await loadWithPayment(parts, id, deadline), deadline),
      );
      await each(voidDueSql, async (id, deadline) =>
        finishVoid(parts, await loadWithPayment(parts, id, deadline), deadline),
      );
      await each(refundingSql, async (id, deadline) =>
        finishRefund(parts, await loadWithPayment(parts, id, deadline), deadline),
      );
      await each(abandonedReturnsSql, (id, deadline) => finishReturn(parts, id, deadline));
    },
  };
}

// In any order, so that a batch full of hopeless cases does not hide the rest for ever.
const abandonedSql = `
  SELECT o.id FROM customer_order o
    JOIN idempotency_key k ON k.customer = o.customer AND k.key = o.idempotency_key
   WHERE o.status = 'held' AND k.locked_until < now() - $2 * interval '1 millisecond'
   ORDER BY random() LIMIT $1`;

const voidDueSql = `
  SELECT p.order_id AS id FROM payment p
   WHERE p.void_due AND p.voided_at IS NULL AND $2::integer IS NOT NULL ORDER BY random() LIMIT $1`;

const refundingSql = `
  SELECT o.id FROM customer_order o
   WHERE o.status = 'refunding' AND NOT EXISTS (
     SELECT FROM idempotency_key k
      WHERE k.order_id = o.id AND k.operation = 'cancel' AND k.answer_status IS NULL
        AND k.locked_until >= now() - $2 * interval '1 millisecond')
   ORDER BY random() LIMIT $1`;

const abandonedReturnsSql = `
  SELECT goods.id FROM order_return goods
    JOIN customer_order o ON o.id = goods.order_id
    JOIN idempotency_key k ON k.customer = o.customer AND k.key = goods.key
   WHERE goods.status = 'refunding' AND k.locked_until < now() - $2 * interval '1 millisecond'
   ORDER BY random() LIMIT $1`;

/**
 * The provider decides. That it has not seen the key is no proof that it never will, so the order is first given up in
 * the database, from where it can no longer be paid, and only then the key is voided: a void that is delivered late
 * can never take back the money of an order that was paid meanwhile.
 */
async function finishCheckout(
  parts: OrderParts,
  { order, payment }: Found,
  deadline: Deadline,
): Promise<void> {
  const capture = await parts.payment.lookUp(payment.captureKey, deadline);
  if (capture?.state === 'accepted') {
    if (await confirm(parts, order, deadline)) report(parts, 'confirmed', order);
    return;
  }
  const to = capture?.state === 'declined' ? 'declined' : 'voided';
  const moved = await parts.database.transaction(deadline, (queries) => giveUp(parts, queries, order, to));
  if (moved) report(parts, to, order);
}

async function finishVoid(parts: OrderParts, { order, payment }: Found, deadline: Deadline): Promise<void> {
  await parts.payment.void({ key: payment.captureKey, orderId: order.id }, deadline);
  await parts.database.transaction(deadline, (queries) => parts.orders.setVoided(queries, order.id));
  report(parts, 'void_sent', order);
}

async function finishRefund(parts: OrderParts, { order, payment }: Found, deadline: Deadline): Promise<void> {
  await refund(parts, payment, deadline);
  if (await completeRefund(parts, order, deadline)) report(parts, 'refunded', order);
}

async function finishReturn(parts: OrderParts, id: string, deadline: Deadline): Promise<void> {
  const goods = await parts.database.read(deadline, (queries) => parts.returns.load(queries, id));
  if (goods === undefined) throw new Error(`return ${id} vanished`);
  await refundReturn(parts, goods, deadline);
  await completeReturn(parts, goods, deadline);
  report(parts, 'return_refunded', { id: goods.orderId });
}

function report(
  parts: OrderParts,
  action: 'confirmed' | 'declined' | 'voided' | 'void_sent' | 'refunded' | 'return_refunded',
  order: Pick<Order, 'id'>,
): void {
  parts.metrics.sweeper.inc({ action });
  parts.logger.info({ orderId: order.id, action }, 'swept');
}
