import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';

/** 3. No order and no charge that the ledger does not know. */
export const nothingElse: Invariant = ({ history, books, losses }) => {
  const violations: Finding[] = [];
  const admitted: Finding[] = [];
  let charged = 0;
  for (const { order, bought } of books.orders) {
    if (bought !== undefined || books.earlier.has(order.id)) continue;
    violations.push({
      order: order.id,
      key: order.key,
      message: `order ${order.id} of ${order.customer} (key ${order.key}) was never asked for by any client`,
    });
  }
  for (const { id, order, money, returns } of books.byOrder.values()) {
    if (money !== undefined) charged += 1;
    if (money !== undefined && money.captures > 0 && order === undefined) {
      (losses.charges.has(id) ? admitted : violations).push({
        order: id,
        message: `the provider captured ${money.capturedCents} cents for order ${id}, which the database does not know`,
      });
    }
    if (returns.length === 0 || books.earlier.has(id)) continue;
    for (const { key } of returns) {
      if (order !== undefined && history.keys.getNext(order.customer, key) !== undefined) continue;
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
    examined: books.orders.length + charged,
    violations,
    unresolved: [],
    admitted,
  };
};
