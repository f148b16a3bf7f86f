import { dueCents, isAtRest, mayStillGoBack, netCents } from './books.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';

/** 5. At most one capture per order; captures − refunds = its price less its returns; expired, cancelled, lost: 0. */
export const money: Invariant = ({ books, states, settled, losses }) => {
  const violations: Finding[] = [];
  const unresolved: Finding[] = [];
  const admitted: Finding[] = [];
  for (const known of books.orders) {
    const { order, money: moved } = known;
    const net = netCents(moved);
    const captures = moved?.captures ?? 0;
    if (captures > 1) {
      const cents = moved?.capturedCents ?? 0;
      violations.push({
        order: order.id,
        key: order.key,
        message: `order ${order.id} was captured ${captures} times, ${cents} cents in all, for a total of ${order.totalCents}`,
      });
      continue;
    }
    const due = dueCents(known, states);
    if (net === due) continue;
    const message = `order ${order.id} is ${order.status} and owes ${due} cents, the provider holds ${net}`;
    if (losses.refunds.has(order.id)) admitted.push({ order: order.id, key: order.key, message });
    else if (settled || (isAtRest(known, states) && !mayStillGoBack(moved, due)))
      violations.push({ order: order.id, key: order.key, message });
    else unresolved.push({ order: order.id, key: order.key, message: `${message}; the run did not settle` });
  }
  for (const { id, order, money: moved } of books.byOrder.values()) {
    if (order !== undefined || netCents(moved) === 0) continue;
    const message = `order ${id} is lost, but the provider holds ${netCents(moved)} cents for it`;
    if (!settled && mayStillGoBack(moved, 0))
      unresolved.push({ order: id, message: `${message}; the run did not settle` });
    else violations.push({ order: id, message });
  }
  return {
    invariant: 5,
    promise: 'at most one capture per order, and the provider holds exactly what the order owes',
    examined: books.orders.length,
    violations,
    unresolved,
    admitted,
  };
};
