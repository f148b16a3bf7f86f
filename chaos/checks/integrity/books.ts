import type {
  AuditEvent,
  AuditKey,
  AuditOrder,
  AuditPayment,
  AuditProjection,
  AuditReturn,
  AuditReview,
  AuditSnapshot,
  AuditStock,
  AuditTransition,
  StateMachine,
} from '../../target.ts';
import { keyOf } from './history.ts';

/** What the payment provider did for one order, in cents. */
export interface Money {
  captures: number;
  capturedCents: number;
  /** Refunds and voids. */
  returnedCents: number;
  /** What was given back, and when the first capture was, by the provider's clock in ms since the epoch. */
  readonly givenBack: { readonly cents: number; readonly at: number }[];
  capturedAt: number;
}

/** The audit snapshot by what it is about. */
export interface Books {
  readonly orders: readonly AuditOrder[];
  readonly orderById: ReadonlyMap<string, AuditOrder>;
  /** By `keyOf(customer, key)`. */
  readonly ordersByKey: ReadonlyMap<string, readonly AuditOrder[]>;
  readonly transitions: ReadonlyMap<string, readonly AuditTransition[]>;
  readonly events: ReadonlyMap<string, readonly AuditEvent[]>;
  readonly projection: ReadonlyMap<string, readonly AuditProjection[]>;
  /** By order id. */
  readonly returns: ReadonlyMap<string, readonly AuditReturn[]>;
  /** By `keyOf(customer, key)`. */
  readonly keys: ReadonlyMap<string, readonly AuditKey[]>;
  /** By `keyOf(customer, sku)`. */
  readonly reviews: ReadonlyMap<string, readonly AuditReview[]>;
  readonly stock: readonly AuditStock[];
  /** By order id, also for orders that the database does not know. */
  readonly money: ReadonlyMap<string, Money>;
  /** Orders of an earlier run on the same lab: they stand in no ledger of this one. */
  readonly earlier: ReadonlySet<string>;
}

export function booksOf(audit: AuditSnapshot, earlier: ReadonlySet<string> = new Set()): Books {
  const orderById = new Map<string, AuditOrder>();
  for (const order of audit.orders) orderById.set(order.id, order);
  return {
    orders: audit.orders,
    orderById,
    ordersByKey: groupBy(audit.orders, (order) => keyOf(order.customer, order.key)),
    transitions: sequenced(audit.transitions),
    events: sequenced(audit.events),
    projection: groupBy(audit.projection, (row) => row.orderId),
    returns: groupBy(audit.returns, (row) => row.orderId),
    keys: groupBy(audit.keys, (row) => keyOf(row.customer, row.key)),
    reviews: groupBy(audit.reviews, (row) => keyOf(row.customer, row.sku)),
    stock: audit.stock,
    money: moneyByOrder(audit.payments),
    earlier,
  };
}

/** What the order's buyer has paid in the end, cents. */
export function netCents(money: Money | undefined): number {
  return money === undefined ? 0 : money.capturedCents - money.returnedCents;
}

/** The price of what came back, by the prices at which it was bought. A SKU that was not bought counts nothing. */
export function centsOfReturn(order: AuditOrder, { lines }: AuditReturn): number {
  return lines.reduce((sum, { sku, quantity }) => {
    const bought = order.lines.find((line) => line.sku === sku);
    return sum + (bought?.unitCents ?? 0) * quantity;
  }, 0);
}

/** What the provider must hold for an order: its price if it is paid, less what came back of it. */
export function dueCents(order: AuditOrder, books: Books, states: StateMachine): number {
  if (!states.paid.includes(order.status)) return 0;
  const returned = books.returns.get(order.id) ?? [];
  return returned.reduce((cents, row) => cents - centsOfReturn(order, row), order.totalCents);
}

/** Of an order that was captured once the provider holds more than is due: its void or refund may still be on its way. */
export function mayStillGoBack(money: Money | undefined, due: number): boolean {
  return money !== undefined && money.captures <= 1 && netCents(money) > due;
}

/** Nothing is under way any more: no hold, no refund, no return. */
export function isAtRest(order: AuditOrder, books: Books, states: StateMachine): boolean {
  if (!states.terminal.includes(order.status)) return false;
  return books.returns.get(order.id)?.every((row) => row.status === 'refunded') ?? true;
}

function moneyByOrder(payments: readonly AuditPayment[]): Map<string, Money> {
  const byOrder = new Map<string, Money>();
  for (const payment of payments) {
    let money = byOrder.get(payment.orderId);
    if (money === undefined) {
      money = { captures: 0, capturedCents: 0, returnedCents: 0, givenBack: [], capturedAt: Number.NaN };
      byOrder.set(payment.orderId, money);
    }
    if (payment.result !== 'accepted') continue;
    const at = Date.parse(payment.at);
    if (payment.operation === 'capture') {
      money.captures += 1;
      money.capturedCents += payment.cents;
      if (Number.isNaN(money.capturedAt)) money.capturedAt = at;
    } else {
      money.returnedCents += payment.cents;
      money.givenBack.push({ cents: payment.cents, at });
    }
  }
  return byOrder;
}

function sequenced<T extends { readonly orderId: string; readonly sequence: number }>(
  rows: readonly T[],
): Map<string, readonly T[]> {
  const groups = groupBy(rows, (row) => row.orderId);
  for (const group of groups.values()) group.sort((a, b) => a.sequence - b.sequence);
  return groups;
}

function groupBy<T>(rows: readonly T[], name: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = name(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
