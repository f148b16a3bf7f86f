import type { AuditOrder, AuditSnapshot, StateMachine } from '../../target.ts';

/** The books of one run. */
export interface RunBooks {
  readonly audit: AuditSnapshot;
  /** Orders in them that stood there before the run, and to which something happened during it. */
  readonly earlier: ReadonlySet<string>;
}

/**
 * The books of this run alone, as on a lab that is kept between runs: without the orders that already stood in them, unless
 * something happened to one since, as a second capture. Such an order is there with its whole history.
 */
export function afterBaseline(
  after: AuditSnapshot,
  before: AuditSnapshot | undefined,
  states: StateMachine,
): RunBooks {
  if (before === undefined) return { audit: after, earlier: new Set() };
  const old = new Set(before.orders.map((order) => order.id));
  const earlier = changedOrders(after, before);
  // A charge without an order that stood there before stays out, until money is taken for it again.
  const orphans = new Set(before.payments.map((row) => row.orderId).filter((id) => !old.has(id)));
  const chargedAgain = new Set(
    newRows(after.payments, before.payments)
      .filter((row) => row.operation === 'capture' && row.result === 'accepted')
      .map((row) => row.orderId),
  );
  const concerns = (id: string) => (old.has(id) ? earlier.has(id) : !orphans.has(id) || chargedAgain.has(id));
  const isNew = (row: { readonly orderId: string }) => concerns(row.orderId);
  const oldKeys = new Set(before.keys.map(nameOfKey));
  const orders = after.orders.filter((order) => concerns(order.id));
  const kept = new Set(orders.map((order) => nameOfKey({ customer: order.customer, key: order.key })));
  const units = startOfRun(after, before, states);
  const oldReviews = new Set(before.reviews.map((review) => review.id));
  return {
    earlier,
    audit: {
      orders,
      transitions: after.transitions.filter(isNew),
      events: after.events.filter(isNew),
      stock: after.stock.map((row) => ({ ...row, seeded: units.get(row.sku) ?? row.seeded })),
      keys: after.keys.filter((row) => !oldKeys.has(nameOfKey(row)) || kept.has(nameOfKey(row))),
      payments: after.payments.filter(isNew),
      returns: after.returns.filter(isNew),
      projection: after.projection.filter(isNew),
      reviews: after.reviews.filter((review) => !oldReviews.has(review.id)),
    },
  };
}

/** Orders of before whose money, state or returns moved since. */
function changedOrders(after: AuditSnapshot, before: AuditSnapshot): ReadonlySet<string> {
  const statuses = new Map(before.orders.map((order) => [order.id, order.status]));
  const changed = new Set<string>();
  const add = (id: string) => statuses.has(id) && changed.add(id);
  for (const order of after.orders) if (statuses.get(order.id) !== order.status) add(order.id);
  for (const row of newRows(after.payments, before.payments)) add(row.orderId);
  const returned = new Set(before.returns.map((row) => `${row.id} ${row.status}`));
  for (const row of after.returns) if (!returned.has(`${row.id} ${row.status}`)) add(row.orderId);
  return changed;
}

/** The provider only ever appends to its journal. */
function newRows<T>(after: readonly T[], before: readonly T[]): readonly T[] {
  return after.slice(before.length);
}

/**
 * Units per SKU that this run had to sell: what was there, less what orders of before have taken since (a hold that
 * became a sale), and what they have given back.
 */
function startOfRun(
  after: AuditSnapshot,
  before: AuditSnapshot,
  states: StateMachine,
): ReadonlyMap<string, number> {
  const units = new Map(before.stock.map((row) => [row.sku, row.available + row.held]));
  const soldBefore = soldUnits(before.orders, before, states);
  const old = new Set(before.orders.map((order) => order.id));
  const soldSince = soldUnits(
    after.orders.filter((order) => old.has(order.id)),
    after,
    states,
  );
  for (const [sku, start] of units) {
    units.set(sku, start + (soldBefore.get(sku) ?? 0) - (soldSince.get(sku) ?? 0));
  }
  return units;
}

function soldUnits(
  orders: readonly AuditOrder[],
  audit: AuditSnapshot,
  states: StateMachine,
): ReadonlyMap<string, number> {
  const sold = new Map<string, number>();
  const paid = new Set<string>();
  const add = (sku: string, units: number) => sold.set(sku, (sold.get(sku) ?? 0) + units);
  for (const order of orders) {
    if (!states.paid.includes(order.status)) continue;
    paid.add(order.id);
    for (const line of order.lines) add(line.sku, line.quantity);
  }
  for (const row of audit.returns) {
    if (row.status !== 'refunded' || !paid.has(row.orderId)) continue;
    for (const line of row.lines) add(line.sku, -line.quantity);
  }
  return sold;
}

function nameOfKey({ customer, key }: { readonly customer: string; readonly key: string }): string {
  return `${customer} ${key}`;
}
