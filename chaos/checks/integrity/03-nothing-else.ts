import type { Finding } from './finding.ts';
import { keyOf } from './history.ts';
import type { Invariant } from './invariant.ts';

/** 3. No order and no charge that the ledger does not know. */
export const nothingElse: Invariant = ({ history, books, losses }) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  for (const order of books.orders) {
    if (books.earlier.has(order.id)) continue;
    if (history.checkouts.has(keyOf(order.customer, order.key))) continue;
    violations.push({
      order: order.id,
      key: order.key,
      message: `order ${order.id} of ${order.customer} (key ${order.key}) was never asked for by any client`,
    });
  }
  for (const [order, money] of books.money) {
    if (money.captures === 0 || books.orderById.has(order)) continue;
    (losses.charges.has(order) ? admitted : violations).push({
      order,
      message: `the provider captured ${money.capturedCents} cents for order ${order}, which the database does not know`,
    });
  }
  for (const [id, returns] of books.returns) {
    const order = books.orderById.get(id);
    if (books.earlier.has(id)) continue;
    for (const { key } of returns) {
      if (order !== undefined && history.keys.has(keyOf(order.customer, key))) continue;
      violations.push({
        order: id,
        key,
        message: `order ${id} has a return (key ${key}) that no client asked for`,
      });
    }
  }
  return {
    invariant: 3,
    promise: 'no order, no return and no charge outside the ledger',
    examined: books.orders.length + books.money.size,
    violations,
    unresolved: [],
    admitted,
  };
};
