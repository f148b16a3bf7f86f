import type { AuditStock } from '../../target.ts';
import type { Finding } from './finding.ts';
import type { Invariant } from './invariant.ts';
import { type Sales, salesByLedger } from './sales.ts';

/** Named in a finding at most; the rest are counted. */
const namedOrders = 5;

/** 6. Per SKU: seeded = available + held + sold (net of restocks), sold taken from the ledger; nothing held after settle. */
export const stock: Invariant = (input) => {
  const sales = salesByLedger(input);
  const violations: Finding[] = [];
  const unresolved: Finding[] = [];
  const known = new Set<string>();
  for (const row of input.books.stock) {
    known.add(row.sku);
    const sold = sales.get(row.sku);
    const soldUnits = sold?.units ?? 0;
    if (row.seeded !== row.available + row.held + soldUnits) {
      const figures = `${row.available} available + ${row.held} held + ${soldUnits} sold by the ledger`;
      const finding = about(row, sold, `seeded ${row.seeded} ≠ ${figures}`);
      if (!input.settled && (sold?.open ?? 0) > 0) unresolved.push(finding);
      else violations.push(finding);
    }
    if (row.available < 0) violations.push(about(row, sold, `${row.available} units available`));
    if (row.held === 0) continue;
    if (input.settled)
      violations.push(about(row, sold, `${row.held} units still held after everything settled`));
    else unresolved.push(about(row, sold, `${row.held} units held; the run did not settle`));
  }
  for (const [sku, sold] of sales) {
    if (known.has(sku) || sold.units === 0) continue;
    violations.push({ sku, message: `${sku}: ${sold.units} units sold of a SKU that has no stock row` });
  }
  return {
    invariant: 6,
    promise: 'per SKU, seeded = available + held + sold by the ledger − restocked; nothing stays held',
    examined: input.books.stock.length,
    violations,
    unresolved,
    admitted: [],
  };
};

/** A finding about a SKU, with the orders that somebody should look at first. */
function about(row: AuditStock, sold: Sales | undefined, what: string): Finding {
  const suspects = sold?.suspects.length ? sold.suspects : beyond(row.seeded, sold);
  const shown = suspects.slice(0, namedOrders).join(', ');
  const more = suspects.length > namedOrders ? ` and ${suspects.length - namedOrders} more` : '';
  return {
    sku: row.sku,
    message: `${row.sku}: ${what}${shown === '' ? '' : `; look at ${shown}${more}`}`,
    ...(suspects[0] === undefined ? {} : { order: suspects[0] }),
  };
}

/** The orders that sold more than there was, the latest ones; all of the SKU's orders when that is not so. */
function beyond(seeded: number, sold: Sales | undefined): readonly string[] {
  if (sold === undefined) return [];
  const byTime = [...sold.orders].sort((a, b) => a.at - b.at);
  let units = 0;
  const over = byTime.filter((order) => {
    units += order.units;
    return units > seeded;
  });
  return (over.length > 0 ? over : byTime.toReversed()).map((order) => order.order);
}
