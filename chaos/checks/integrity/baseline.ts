import type { AuditSnapshot } from '../../target.ts';

/** The books of this run alone: without what already stood in them when it began, as on a lab that is kept between runs. */
export function afterBaseline(after: AuditSnapshot, before: AuditSnapshot | undefined): AuditSnapshot {
  if (before === undefined) return after;
  const old = new Set(before.orders.map((order) => order.id));
  const units = new Map(before.stock.map((row) => [row.sku, row.available + row.held]));
  const oldKeys = new Set(before.keys.map((row) => `${row.customer} ${row.key}`));
  // A charge without an order must stay, unless it stood there before too.
  const oldCharges = new Set(before.payments.map((payment) => payment.orderId));
  const isNew = (row: { readonly orderId: string }) => !old.has(row.orderId);
  return {
    orders: after.orders.filter((order) => !old.has(order.id)),
    transitions: after.transitions.filter(isNew),
    events: after.events.filter(isNew),
    stock: after.stock.map((row) => ({ ...row, seeded: units.get(row.sku) ?? row.seeded })),
    keys: after.keys.filter((row) => !oldKeys.has(`${row.customer} ${row.key}`)),
    payments: after.payments.filter((row) => isNew(row) && !oldCharges.has(row.orderId)),
  };
}
