import type { Books } from './books.ts';
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

/** @param books those that the history is joined with; none where they could not be read. */
export function orderCounts(
  history: History,
  books: Books | undefined,
  losses: Losses | undefined,
): OrderCounts {
  const counts = { acknowledged: 0, lost: 0, duplicated: 0, unknown: 0 };
  for (const checkout of history.checkouts) {
    const orders = checkout.orders.length;
    const told = checkout.acknowledged?.answer?.orderId;
    const acknowledged = checkout.acknowledged !== undefined;
    if (acknowledged) counts.acknowledged += 1;
    if (checkout.unknown) counts.unknown += 1;
    const admitted = told !== undefined && losses?.orders.has(told) === true;
    if (books !== undefined && acknowledged && orders === 0 && !admitted) counts.lost += 1;
    if (orders > 1) counts.duplicated += 1;
  }
  for (const { money } of books?.byOrder.values() ?? [])
    if (money !== undefined && money.captures > 1) counts.duplicated += 1;
  return counts;
}
