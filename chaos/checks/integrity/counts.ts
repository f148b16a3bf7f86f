import type { AuditSnapshot } from '../../target.ts';
import type { History } from './history.ts';
import type { Losses } from './losses.ts';

/** What the clients were told, and what became of it. */
export interface OrderCounts {
  readonly acknowledged: number;
  /** Acknowledged orders that are not in the books, but for those that the level may lose. */
  readonly lost: number;
  /** Keys with more than one order or capture. */
  readonly duplicated: number;
  /** Keys whose outcome the clients never learnt. */
  readonly unknown: number;
}

export function orderCounts(
  history: History,
  audit: AuditSnapshot | undefined,
  losses: Losses | undefined,
): OrderCounts {
  const counts = { acknowledged: 0, lost: 0, duplicated: 0, unknown: 0 };
  const ordersByKey = new Map<string, number>();
  const captures = new Map<string, number>();
  for (const order of audit?.orders ?? []) {
    const name = `${order.customer} ${order.key}`;
    ordersByKey.set(name, (ordersByKey.get(name) ?? 0) + 1);
  }
  for (const { orderId, operation, result } of audit?.payments ?? []) {
    if (operation === 'capture' && result === 'accepted')
      captures.set(orderId, (captures.get(orderId) ?? 0) + 1);
  }
  for (const [name, checkout] of history.checkouts) {
    const orders = ordersByKey.get(name) ?? 0;
    const told = checkout.acknowledged?.answer?.orderId;
    const acknowledged = checkout.acknowledged !== undefined;
    if (acknowledged) counts.acknowledged += 1;
    if (checkout.unknown) counts.unknown += 1;
    const admitted = told !== undefined && losses?.orders.has(told) === true;
    if (audit !== undefined && acknowledged && orders === 0 && !admitted) counts.lost += 1;
    if (orders > 1) counts.duplicated += 1;
  }
  for (const count of captures.values()) if (count > 1) counts.duplicated += 1;
  return counts;
}
