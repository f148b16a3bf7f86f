import type { AuditOrder } from '../../target.ts';
import { requestedLines } from './answer.ts';
import { type KeyHistory, keyOf } from './history.ts';
import type { IntegrityInput } from './invariant.ts';

/** What the ledger says was sold of one SKU. */
export interface Sales {
  /** Units sold and not given back. */
  units: number;
  /** Orders of this SKU that are not at rest. */
  open: number;
  /** The orders that sold them, with the time of their acknowledgement. */
  readonly orders: { readonly order: string; readonly units: number; readonly at: number }[];
  /** Orders that the database sees otherwise than the ledger: the first to look at when the figures differ. */
  readonly suspects: string[];
}

/**
 * Sold units per SKU by what clients were told. The database is asked only where the client never learnt the outcome:
 * so a sale that the database forgot, or made without telling, shows as a difference in stock.
 */
export function salesByLedger({ history, books, states }: IntegrityInput): Map<string, Sales> {
  const sales = new Map<string, Sales>();
  for (const checkout of history.checkouts.values()) {
    const order = books.ordersByKey.get(keyOf(checkout.customer, checkout.key))?.[0];
    const id = checkout.acknowledged?.answer?.orderId ?? order?.id;
    if (id === undefined) continue;
    const paidByBooks = order !== undefined && states.paid.includes(order.status);
    const open = order !== undefined && !states.terminal.includes(order.status);
    const sold = soldByLedger(checkout, id, paidByBooks);
    for (const line of linesOf(checkout, order)) {
      const entry = entryOf(sales, line.sku);
      if (open) entry.open += 1;
      if (sold !== paidByBooks) entry.suspects.push(id);
      if (!sold) continue;
      entry.units += line.quantity;
      entry.orders.push({ order: id, units: line.quantity, at: checkout.acknowledged?.at ?? 0 });
    }
  }
  return sales;

  function soldByLedger(checkout: KeyHistory, id: string, paidByBooks: boolean): boolean {
    const cancel = history.cancels.get(id);
    if (cancel?.acknowledged) return false;
    const told = checkout.acknowledged?.answer;
    const toldPaid = told !== undefined && states.paid.includes(told.status);
    // Told "not paid yet", or never told at all, or perhaps cancelled since: only the database knows.
    return toldPaid && !cancel?.unknown ? true : (told !== undefined || checkout.unknown) && paidByBooks;
  }
}

function linesOf(
  checkout: KeyHistory,
  order: AuditOrder | undefined,
): readonly { sku: string; quantity: number }[] {
  const acknowledged = checkout.acknowledged;
  if (acknowledged?.answer !== undefined) return acknowledged.answer.lines;
  return requestedLines(checkout.attempts[0]?.requestBody) ?? order?.lines ?? [];
}

function entryOf(sales: Map<string, Sales>, sku: string): Sales {
  let entry = sales.get(sku);
  if (entry === undefined) {
    entry = { units: 0, open: 0, orders: [], suspects: [] };
    sales.set(sku, entry);
  }
  return entry;
}
