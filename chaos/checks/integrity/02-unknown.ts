import type { AuditOrder } from '../../target.ts';
import { dueCents, isAtRest, mayStillGoBack, netCents } from './books.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';

/** 2. An unknown order has 0 or 1 effect; after settle every order rests and the database agrees with the provider. */
export const unknownOrders: Invariant = ({ history, books, states, settled, losses }) => {
  const violations: Finding[] = [];
  const unresolved: Finding[] = [];
  const admitted: Finding[] = [];
  let examined = 0;

  for (const checkout of history.checkouts) {
    if (!checkout.everUnknown) continue;
    examined += 1;
    const { orders } = checkout;
    if (orders.length < 2) continue;
    const names = orders.map(({ id }) => id).join(', ');
    violations.push({
      order: orders[0]!.id,
      key: checkout.key,
      message: `key ${checkout.key} of ${checkout.customer} was unknown and took effect ${orders.length} times: ${names}`,
    });
  }

  for (const known of books.orders) {
    const { order, money, bought } = known;
    if (isAtRest(known, states)) {
      const due = dueCents(known, states);
      const difference = disagreement(order, due, netCents(money));
      if (difference === undefined || bought?.everUnknown !== true) continue;
      if (losses.refunds.has(order.id)) admitted.push(difference);
      else if (!settled && mayStillGoBack(money, due)) unresolved.push(difference);
      else violations.push(difference);
      continue;
    }
    const under = states.terminal.includes(order.status)
      ? 'under a return that is not refunded'
      : order.status;
    const finding = { order: order.id, key: order.key, message: `order ${order.id} is still ${under}` };
    if (settled) violations.push({ ...finding, message: `${finding.message} after everything settled` });
    else unresolved.push({ ...finding, message: `${finding.message}; the run did not settle` });
  }

  return {
    invariant: 2,
    promise:
      'an unknown order has 0 or 1 effect and comes to rest, the same at the database and the provider',
    examined,
    violations,
    unresolved,
    admitted,
  };
};

function disagreement(order: AuditOrder, due: number, net: number): Finding | undefined {
  if (net === due) return undefined;
  return {
    order: order.id,
    key: order.key,
    message: `order ${order.id} was unknown: the database says ${order.status} (${due} cents due), the provider ${net} cents`,
  };
}
