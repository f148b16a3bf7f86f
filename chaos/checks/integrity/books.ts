import type {
  AuditEvent,
  AuditKey,
  AuditOrder,
  AuditPayment,
  AuditSnapshot,
  AuditStock,
  AuditTransition,
} from '../../target.ts';
import { keyOf } from './history.ts';

/** What the payment provider did for one order, in cents. */
export interface Money {
  captures: number;
  capturedCents: number;
  returnedCents: number;
}

/** The audit snapshot by what it is about. */
export interface Books {
  readonly orders: readonly AuditOrder[];
  readonly orderById: ReadonlyMap<string, AuditOrder>;
  /** By `keyOf(customer, key)`. */
  readonly ordersByKey: ReadonlyMap<string, readonly AuditOrder[]>;
  readonly transitions: ReadonlyMap<string, readonly AuditTransition[]>;
  readonly events: ReadonlyMap<string, readonly AuditEvent[]>;
  /** By `keyOf(customer, key)`. */
  readonly keys: ReadonlyMap<string, readonly AuditKey[]>;
  readonly stock: readonly AuditStock[];
  /** By order id, also for orders that the database does not know. */
  readonly money: ReadonlyMap<string, Money>;
}

export function booksOf(audit: AuditSnapshot): Books {
  const orderById = new Map<string, AuditOrder>();
  for (const order of audit.orders) orderById.set(order.id, order);
  return {
    orders: audit.orders,
    orderById,
    ordersByKey: groupBy(audit.orders, (order) => keyOf(order.customer, order.key)),
    transitions: sequenced(audit.transitions),
    events: sequenced(audit.events),
    keys: groupBy(audit.keys, (row) => keyOf(row.customer, row.key)),
    stock: audit.stock,
    money: moneyByOrder(audit.payments),
  };
}

/** What the order's buyer has paid in the end, cents. */
export function netCents(money: Money | undefined): number {
  return money === undefined ? 0 : money.capturedCents - money.returnedCents;
}

function moneyByOrder(payments: readonly AuditPayment[]): Map<string, Money> {
  const byOrder = new Map<string, Money>();
  for (const payment of payments) {
    let money = byOrder.get(payment.orderId);
    if (money === undefined) {
      money = { captures: 0, capturedCents: 0, returnedCents: 0 };
      byOrder.set(payment.orderId, money);
    }
    if (payment.result !== 'accepted') continue;
    if (payment.operation === 'capture') {
      money.captures += 1;
      money.capturedCents += payment.cents;
    } else money.returnedCents += payment.cents;
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
