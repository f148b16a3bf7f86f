import { keyOf } from './history.ts';
import type { Finding, Invariant } from './invariant.ts';

/** 3. No order and no charge that the ledger does not know. */
export const nothingElse: Invariant = ({ history, books }) => {
  const violations: Finding[] = [];
  for (const order of books.orders) {
    if (history.checkouts.has(keyOf(order.customer, order.key))) continue;
    violations.push({
      order: order.id,
      key: order.key,
      message: `order ${order.id} of ${order.customer} (key ${order.key}) was never asked for by any client`,
    });
  }
  for (const [order, money] of books.money) {
    if (money.captures === 0 || books.orderById.has(order)) continue;
    violations.push({
      order,
      message: `the provider captured ${money.capturedCents} cents for order ${order}, which the database does not know`,
    });
  }
  return {
    invariant: 3,
    promise: 'no order and no charge outside the ledger',
    examined: books.orders.length + books.money.size,
    violations,
    unresolved: [],
  };
};
