import type {
  AuditEvent,
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
import { added, type History, type KeyHistory, keyOf, none } from './history.ts';

/** What the payment provider did for one order, in cents. */
export interface Money {
  captures: number;
  capturedCents: number;
  /** Refunds and voids. */
  returnedCents: number;
  /** The bank refused to pay. */
  declined: boolean;
  /** What was given back, and when the first capture was, by the provider's clock: ISO 8601. */
  givenBack: readonly { readonly cents: number; readonly at: string }[];
  capturedAt: string | undefined;
}

/** All that the books hold of one order id. */
export interface OrderBooks {
  readonly id: string;
  /** Absent where the rest tells of an order that has no row. */
  order: AuditOrder | undefined;
  /** The ledger's checkout with its customer and key. */
  bought: KeyHistory | undefined;
  /** By sequence. */
  transitions: readonly AuditTransition[];
  events: readonly AuditEvent[];
  projection: readonly AuditProjection[];
  returns: readonly AuditReturn[];
  /** Also of orders that the database does not know. */
  money: Money | undefined;
}

/** With a row of its own. */
export type KnownOrder = OrderBooks & { order: AuditOrder };

/** The audit snapshot by what it is about. */
export interface Books {
  /** One for each row. */
  readonly orders: readonly KnownOrder[];
  /** Every order that anything tells of. */
  readonly byOrder: ReadonlyMap<string, OrderBooks>;
  /** By `keyOf(customer, sku)`. */
  readonly reviews: ReadonlyMap<string, readonly AuditReview[]>;
  readonly stock: readonly AuditStock[];
  /** Orders of an earlier run on the same lab: they stand in no ledger of this one. */
  readonly earlier: ReadonlySet<string>;
}

/** Joins the books with themselves and, where there is one, with the ledger's keys, in one pass over each. */
export function booksOf(
  audit: AuditSnapshot,
  history?: Pick<History, 'keys'>,
  earlier: ReadonlySet<string> = new Set(),
): Books {
  const byOrder = new Map<string, OrderBooks>();
  const orders = audit.orders.map((order): KnownOrder => {
    const key = history?.keys.get(keyOf(order.customer, order.key));
    const bought = key?.operation === 'checkout' ? key : undefined;
    if (bought !== undefined) bought.orders = added(bought.orders, order);
    const books = nothingOf(order.id) as KnownOrder;
    books.order = order;
    books.bought = bought;
    byOrder.set(order.id, books);
    return books;
  });
  for (const row of audit.keys) {
    const key = history?.keys.get(keyOf(row.customer, row.key));
    if (key !== undefined) key.rows = added(key.rows, row);
  }
  const of = finder(byOrder);
  for (const row of audit.transitions) {
    const books = of(row.orderId);
    books.transitions = inSequence(books.transitions, row);
  }
  for (const row of audit.events) {
    const books = of(row.orderId);
    books.events = inSequence(books.events, row);
  }
  for (const row of audit.projection) {
    const books = of(row.orderId);
    books.projection = added(books.projection, row);
  }
  for (const row of audit.returns) {
    const books = of(row.orderId);
    books.returns = added(books.returns, row);
  }
  for (const payment of audit.payments) {
    const books = of(payment.orderId);
    books.money = moved(books.money, payment);
  }
  const reviews = new Map<string, readonly AuditReview[]>();
  for (const row of audit.reviews) {
    const name = keyOf(row.customer, row.sku);
    reviews.set(name, added(reviews.get(name) ?? none, row));
  }
  return { orders, byOrder, reviews, stock: audit.stock, earlier };
}

function nothingOf(id: string): OrderBooks {
  return {
    id,
    order: undefined,
    bought: undefined,
    transitions: none,
    events: none,
    projection: none,
    returns: none,
    money: undefined,
  };
}

/** Rows of one order often follow each other: then it is looked up once. */
function finder(byOrder: Map<string, OrderBooks>): (id: string) => OrderBooks {
  let last: OrderBooks | undefined;
  return (id) => {
    if (last?.id === id) return last;
    last = byOrder.get(id);
    if (last === undefined) {
      last = nothingOf(id);
      byOrder.set(id, last);
    }
    return last;
  };
}

function inSequence<T extends { readonly sequence: number }>(rows: readonly T[], row: T): readonly T[] {
  const isNext = (rows.at(-1)?.sequence ?? row.sequence) <= row.sequence;
  const all = added(rows, row);
  return isNext ? all : (all as T[]).sort((a, b) => a.sequence - b.sequence);
}

function moved(money: Money | undefined, { result, operation, cents, at }: AuditPayment): Money {
  const all = money ?? {
    captures: 0,
    capturedCents: 0,
    returnedCents: 0,
    declined: false,
    givenBack: none,
    capturedAt: undefined,
  };
  if (operation === 'capture' && result === 'declined') all.declined = true;
  if (result !== 'accepted') return all;
  if (operation === 'capture') {
    all.captures += 1;
    all.capturedCents += cents;
    all.capturedAt ??= at;
  } else {
    all.returnedCents += cents;
    all.givenBack = added(all.givenBack, { cents, at });
  }
  return all;
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
export function dueCents({ order, returns }: KnownOrder, states: StateMachine): number {
  if (!states.paid.includes(order.status)) return 0;
  return returns.reduce((cents, row) => cents - centsOfReturn(order, row), order.totalCents);
}

/** Of an order that was captured once the provider holds more than is due: its void or refund may still be on its way. */
export function mayStillGoBack(money: Money | undefined, due: number): boolean {
  return money !== undefined && money.captures <= 1 && netCents(money) > due;
}

/** Whether customers are told in this state that their order stands, paid or to be paid. */
export function isToldToStand(status: string, states: StateMachine): boolean {
  return states.paid.includes(status) || (states.promised?.includes(status) ?? false);
}

/**
 * Whether an order is still what its buyer was told, cancellations aside. One that was told as paid is paid; of one that was to
 * be paid later the bank may have refused the money.
 */
export function standsAsTold(told: string, { order, money }: KnownOrder, states: StateMachine): boolean {
  if (states.paid.includes(order.status)) return true;
  if (states.paid.includes(told)) return false;
  return isToldToStand(order.status, states) || (money?.declined ?? false);
}

/** Nothing is under way any more: no hold, no refund, no return. */
export function isAtRest({ order, returns }: KnownOrder, states: StateMachine): boolean {
  return states.terminal.includes(order.status) && returns.every((row) => row.status === 'refunded');
}

/** It has a row of its own. */
export const isKnown = (books: OrderBooks | undefined): books is KnownOrder => books?.order !== undefined;
