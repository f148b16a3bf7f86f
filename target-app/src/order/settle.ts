import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import { inSpan } from '../telemetry/span.ts';
import { acceptedAnswer, cancelledAnswer, paidAnswer, refusal } from './answers.ts';
import type { Order } from './order.ts';
import type { OrderParts } from './parts.ts';

/** Where an order stands before its money is taken. */
export type Unpaid = 'held' | 'accepted';

/** Ends of such an order that keep no money. */
export type GivenUp = 'declined' | 'expired' | 'voided';

const refusals: Readonly<Record<GivenUp, Answer>> = {
  declined: refusal('card-declined'),
  expired: refusal('hold-expired'),
  voided: refusal('checkout-voided'),
};

/**
 * The order stands, its money comes later: `held → accepted` and the final answer in one transaction. Its stock stays held.
 * @returns false when the order was moved by somebody else meanwhile.
 */
export function accept(parts: OrderParts, order: Order, deadline: Deadline): Promise<boolean> {
  return inSpan('checkout.accept', () =>
    parts.database.transaction(deadline, async (queries) => {
      if (!(await parts.orders.move(queries, order.id, 'held', 'accepted'))) return false;
      await parts.keys.answerOrder(queries, order.id, 'checkout', acceptedAnswer(order));
      parts.reached('accept-before-commit');
      return true;
    }),
  );
}

/**
 * The money was taken: `from → paid`, stock and final answer in one transaction.
 * @returns false when the order was moved by somebody else meanwhile.
 */
export function confirm(
  parts: OrderParts,
  order: Order,
  deadline: Deadline,
  from: Unpaid = 'held',
): Promise<boolean> {
  return inSpan('checkout.confirm', () =>
    parts.database.transaction(deadline, async (queries) => {
      if (!(await parts.orders.move(queries, order.id, from, 'paid'))) return false;
      await Promise.all([
        parts.stock.sell(queries, order.lines),
        parts.keys.answerOrder(queries, order.id, 'checkout', paidAnswer(order)),
      ]);
      parts.reached('confirm-before-commit');
      return true;
    }),
  );
}

/** `from → to`: stock goes back, a key without an answer gets its refusal, and the sweeper has a void to send. */
export async function giveUp(
  parts: OrderParts,
  queries: Queries,
  order: Order,
  to: GivenUp,
  from: Unpaid = 'held',
): Promise<boolean> {
  if (!(await parts.orders.move(queries, order.id, from, to))) return false;
  await parts.stock.release(queries, order.lines);
  await parts.keys.answerOrder(queries, order.id, 'checkout', refusals[to]);
  if (to !== 'declined') await parts.orders.setVoidDue(queries, order.id);
  return true;
}

/** The money went back: `refunding → refunded`, stock and final answer in one transaction. */
export function completeRefund(parts: OrderParts, order: Order, deadline: Deadline): Promise<boolean> {
  return parts.database.transaction(deadline, async (queries) => {
    if (!(await parts.orders.move(queries, order.id, 'refunding', 'refunded'))) return false;
    await parts.stock.restock(queries, order.lines);
    await parts.orders.setRefunded(queries, order.id);
    await parts.keys.answerOrder(queries, order.id, 'cancel', cancelledAnswer(order, 'refunded'));
    parts.reached('refund-before-commit');
    return true;
  });
}
