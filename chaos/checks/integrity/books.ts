import type {
  AuditOrder,
  AuditPayment,
  AuditReturn,
  AuditReview,
  AuditSnapshot,
  AuditStock,
  StateMachine,
} from '../../target.ts';
import { type History, reviewNameOf } from './history.ts';
import type { KnownOrder, Money, OrderBooks } from './joined.ts';
import { added, addedAll, eachRun, near, none } from './rows.ts';

/** The audit snapshot by what it is about. */
export interface Books {
  /** One for each row. */
  readonly orders: readonly KnownOrder[];
  /** Every order that anything tells of. */
  readonly byOrder: ReadonlyMap<string, OrderBooks>;
  /** Those of which the ledger has a cancellation, a return, a look, in the order of the first. */
  readonly cancelled: readonly OrderBooks[];
  readonly broughtBack: readonly OrderBooks[];
  readonly lookedAt: readonly OrderBooks[];
  /** By `reviewNameOf(customer, sku)`. */
  readonly reviews: ReadonlyMap<string, readonly AuditReview[]>;
  readonly stock: readonly AuditStock[];
  /** Orders of an earlier run on the same lab: they stand in no ledger of this one. */
  readonly earlier: ReadonlySet<string>;
}

type Asked = Pick<Books, 'cancelled' | 'broughtBack' | 'lookedAt'>;
const nobody: Asked = { cancelled: none, broughtBack: none, lookedAt: none };

/** Joins the books with themselves and, where there is one, with the ledger, in one pass over each. */
export function booksOf(
  audit: AuditSnapshot,
  history?: History,
  earlier: ReadonlySet<string> = new Set(),
): Books {
  const byOrder = new Map<string, OrderBooks>();
  const orders = audit.orders.map((order, place): KnownOrder => {
    const books = nothingOf(order.id, place) as KnownOrder;
    books.order = order;
    byOrder.set(order.id, books);
    return books;
  });
  const find = finder(byOrder, orders);
  eachRun(audit.transitions, (order, run) => {
    const books = find(order);
    books.transitions = inSequence(addedAll(books.transitions, run));
  });
  eachRun(audit.events, (order, run) => {
    const books = find(order);
    books.events = inSequence(addedAll(books.events, run));
  });
  eachRun(audit.projection, (order, run) => {
    const books = find(order);
    books.projection = addedAll(books.projection, run);
  });
  eachRun(audit.returns, (order, run) => {
    const books = find(order);
    books.returns = addedAll(books.returns, run);
  });
  for (const payment of audit.payments) {
    const books = find(payment.orderId);
    books.money = moved(books.money, payment);
  }
  const reviews = new Map<string, readonly AuditReview[]>();
  for (const row of audit.reviews) {
    const name = reviewNameOf(row.customer, row.sku);
    reviews.set(name, added(reviews.get(name) ?? none, row));
  }
  const asked = history === undefined ? nobody : joinLedger(history, audit, orders, find);
  return { orders, byOrder, ...asked, reviews, stock: audit.stock, earlier };
}

function joinLedger(
  history: History,
  audit: AuditSnapshot,
  orders: readonly KnownOrder[],
  find: (order: string) => OrderBooks,
): Asked {
  for (const books of orders) {
    const key = history.keys.getNext(books.order.customer, books.order.key);
    if (key?.operation !== 'checkout') continue;
    books.bought = key;
    key.orders = added(key.orders, books);
  }
  for (const row of audit.keys) {
    const key = history.keys.getNext(row.customer, row.key);
    if (key !== undefined) key.rows = added(key.rows, row);
  }
  for (const checkout of history.checkouts) {
    const told = checkout.acknowledged?.answer?.orderId;
    if (told === undefined) continue;
    const [made] = checkout.orders;
    const books = made?.id === told ? made : find(told);
    books.told ??= checkout;
  }
  const cancelled: OrderBooks[] = [];
  const broughtBack: OrderBooks[] = [];
  const lookedAt: OrderBooks[] = [];
  for (const key of history.cancels) {
    if (key.changes === undefined) continue;
    const books = find(key.changes);
    if (books.cancels.length === 0) cancelled.push(books);
    books.cancels = added(books.cancels, key);
  }
  for (const key of history.returns) {
    if (key.changes === undefined) continue;
    const books = find(key.changes);
    if (books.asksBack.length === 0) broughtBack.push(books);
    books.asksBack = added(books.asksBack, key);
  }
  for (const read of history.reads) {
    const books = find(read.order);
    if (books.reads.length === 0) lookedAt.push(books);
    books.reads = added(books.reads, read);
  }
  return { cancelled, broughtBack, lookedAt };
}

function nothingOf(id: string, place = -1): OrderBooks {
  return {
    id,
    place,
    order: undefined,
    bought: undefined,
    told: undefined,
    cancels: none,
    asksBack: none,
    reads: none,
    transitions: none,
    events: none,
    projection: none,
    returns: none,
    money: undefined,
  };
}

/** Most rows are of the same order as the one before, or of one soon after: then nothing is looked up. */
function finder(byOrder: Map<string, OrderBooks>, orders: readonly KnownOrder[]): (id: string) => OrderBooks {
  let last: OrderBooks | undefined;
  let next = 0;
  return (id) => {
    if (last?.id === id) return last;
    const end = Math.min(next + near, orders.length);
    let place = next;
    while (place < end && orders[place]!.id !== id) place += 1;
    last = place < end ? orders[place] : byOrder.get(id);
    if (last === undefined) {
      last = nothingOf(id);
      byOrder.set(id, last);
    } else if (last.order !== undefined) next = last.place + 1;
    return last;
  };
}

/** Sorted by sequence, in place; mostly it is already. */
function inSequence<T extends { readonly sequence: number }>(rows: readonly T[]): readonly T[] {
  for (let index = 1; index < rows.length; index++) {
    if (rows[index - 1]!.sequence > rows[index]!.sequence)
      return (rows as T[]).sort((a, b) => a.sequence - b.sequence);
  }
  return rows;
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
