import type { Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import type { Answer } from '../http/endpoint.ts';
import type { Order } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';
import { lost, storedAnswer } from '../order/stored-answer.ts';
import { PaymentUnavailable } from '../payment/payment-errors.ts';
import type { GoodsReturn } from './return-books.ts';

/** @throws {PaymentUnavailable} unless the provider says that the money went back. */
export async function refundReturn(parts: OrderParts, goods: GoodsReturn, deadline: Deadline): Promise<void> {
  const { captureKey } = await parts.database.read(deadline, (queries) =>
    parts.orders.payment(queries, goods.orderId),
  );
  const { refundKey: key, orderId, cents } = goods;
  const result = await parts.payment.refund({ key, captureKey, orderId, cents }, deadline);
  if (result !== 'accepted') throw new PaymentUnavailable('refused');
}

/**
 * The money went back: the return is refunded, its goods are in stock again, the order is part_returned or returned, and the
 * key has its answer, in one transaction. Done before by somebody else, it is the answer that they stored.
 */
export function completeReturn(parts: OrderParts, goods: GoodsReturn, deadline: Deadline): Promise<Answer> {
  return parts.database.transaction(deadline, async (queries) => {
    const order = await parts.orders.load(queries, goods.orderId, 'lock');
    if (order === undefined) throw lost();
    const { customer } = order;
    if (!(await parts.returns.complete(queries, goods)))
      return storedAnswer(parts, queries, { customer, key: goods.key });
    const to = await statusAfter(parts, queries, order);
    if (!(await parts.orders.move(queries, order.id, order.status, to)))
      throw new Error(`order ${order.id} is ${order.status} and cannot be ${to}`);
    await parts.stock.restock(queries, goods.lines);
    const answer = returnedAnswer(goods, to);
    await parts.keys.answer(queries, customer, goods.key, order.id, answer);
    parts.reached('return-complete-before-commit');
    return answer;
  });
}

async function statusAfter(
  parts: OrderParts,
  queries: Queries,
  order: Order,
): Promise<'part_returned' | 'returned'> {
  const unitsBack = await parts.returns.unitsBack(queries, order.id);
  const whole = order.lines.every((line) => (unitsBack.get(line.sku)?.refunded ?? 0) >= line.quantity);
  return whole ? 'returned' : 'part_returned';
}

function returnedAnswer(goods: GoodsReturn, orderStatus: 'part_returned' | 'returned'): Answer {
  const { id: returnId, orderId, cents: refundedCents, lines } = goods;
  return { status: 201, body: { returnId, orderId, status: 'refunded', orderStatus, refundedCents, lines } };
}
