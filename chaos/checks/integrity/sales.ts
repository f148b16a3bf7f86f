import type { AuditOrder, AuditReturn } from '../../target.ts';
import { requestedLines } from './answer.ts';
import { isAtRest } from './books.ts';
import { acknowledgedIn, unknownIn } from './history.ts';
import type { IntegrityInput } from './invariant.ts';
import type { KeyHistory, OrderBooks } from './joined.ts';

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

const nothing: ReadonlyMap<string, number> = new Map();

/**
 * Sold units per SKU by what clients were told. The database is asked only where the client never learnt the outcome:
 * so a sale that the database forgot, or made without telling, shows as a difference in stock.
 */
export function salesByLedger({ history, books, states, losses }: IntegrityInput): Map<string, Sales> {
  const sales = new Map<string, Sales>();
  for (const checkout of history.checkouts) {
    const [made] = checkout.orders;
    const id = checkout.acknowledged?.answer?.orderId ?? made?.id;
    const told = made?.id === id ? made : books.byOrder.get(id ?? '');
    if (id === undefined || told === undefined) continue;
    const paidByBooks = made !== undefined && states.paid.includes(made.order.status);
    const open = made !== undefined && !isAtRest(made, states);
    const sold = soldByLedger(checkout, told, paidByBooks);
    const back = returnedByLedger(told);
    const backByBooks = returnedByBooks(told.returns);
    for (const line of linesOf(checkout, made?.order)) {
      const entry = entryOf(sales, line.sku);
      if (open) entry.open += 1;
      const units = sold ? line.quantity - (back.get(line.sku) ?? 0) : 0;
      const unitsByBooks = paidByBooks ? line.quantity - (backByBooks.get(line.sku) ?? 0) : 0;
      if (units !== unitsByBooks) entry.suspects.push(id);
      if (units === 0) continue;
      entry.units += units;
      entry.orders.push({ order: id, units, at: checkout.acknowledged?.at ?? 0 });
    }
  }
  return sales;

  /** Units that came back by what clients were told; where nobody was, by the books. */
  function returnedByLedger({ asksBack, returns }: OrderBooks): ReadonlyMap<string, number> {
    if (asksBack.length === 0) return nothing;
    const units = new Map<string, number>();
    for (const key of asksBack) {
      const row = returns.find((other) => other.key === key.key);
      const acknowledged = key.acknowledged !== undefined && !losses.keys.has(key);
      if (!acknowledged && !(key.unknown && row?.status === 'refunded')) continue;
      for (const { sku, quantity } of requestedLines(key.attempts[0]!.requestBody) ?? row?.lines ?? []) {
        units.set(sku, (units.get(sku) ?? 0) + quantity);
      }
    }
    return units;
  }

  function returnedByBooks(rows: readonly AuditReturn[]): ReadonlyMap<string, number> {
    if (rows.length === 0) return nothing;
    const units = new Map<string, number>();
    for (const row of rows) {
      if (row.status !== 'refunded') continue;
      for (const { sku, quantity } of row.lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
    }
    return units;
  }

  function soldByLedger(checkout: KeyHistory, { id, cancels }: OrderBooks, paidByBooks: boolean): boolean {
    // What a promotion took with it, only the database knows.
    if (losses.orders.has(id) || losses.cancels.has(id)) return paidByBooks;
    if (losses.keys.has(checkout)) return paidByBooks;
    if (acknowledgedIn(cancels)) return false;
    const told = checkout.acknowledged?.answer;
    const toldPaid = told !== undefined && states.paid.includes(told.status);
    // Told "not paid yet", or never told at all, or perhaps cancelled since: only the database knows.
    return toldPaid && !unknownIn(cancels) ? true : (told !== undefined || checkout.unknown) && paidByBooks;
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
