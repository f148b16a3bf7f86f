import type { Deadline } from '../data/deadline.ts';
import type { Order, OrderPayment } from '../order/order.ts';
import type { OrderParts } from '../order/parts.ts';

export interface Found {
  readonly order: Order;
  readonly payment: OrderPayment;
}

/** An order that a worker has found, with the keys that its money is asked for by. */
export function loadWithPayment(parts: OrderParts, id: string, deadline: Deadline): Promise<Found> {
  return parts.database.read(deadline, async (queries) => {
    const order = await parts.orders.load(queries, id);
    if (order === undefined) throw new Error(`order ${id} vanished`);
    return { order, payment: await parts.orders.payment(queries, id) };
  });
}
