import { expect } from 'vitest';
import type { AuditSnapshot } from '../../audit/index.ts';
import { orderStates } from '../../src/order/states.ts';
import { eventually } from './eventually.ts';
import type { ShopBench } from './shop-bench.ts';

/** Waits until nothing is under way any more, then checks the books. @returns them. */
export async function settledBooks(bench: ShopBench, withinMs?: number): Promise<AuditSnapshot> {
  await eventually(
    async () => {
      const books = await bench.audit();
      const open = books.orders.filter(
        (order) => !(orderStates.terminal as readonly string[]).includes(order.status),
      );
      expect(open.map((order) => `${order.id} is ${order.status}`)).toEqual([]);
      expect(books.returns.filter((goods) => goods.status !== 'refunded')).toEqual([]);
      expect(disagreements(books)).toEqual([]);
    },
    'the books to settle',
    withinMs,
  );
  const books = await bench.audit();
  expectSoundBooks(books);
  return books;
}

/** What of the books is about one customer: others use the same shop. */
export function booksOf(books: AuditSnapshot, customer: string): AuditSnapshot {
  const orders = books.orders.filter((order) => order.customer === customer);
  const ids = new Set(orders.map((order) => order.id));
  const about = <T extends { readonly orderId: string }>(list: readonly T[]): readonly T[] =>
    list.filter(({ orderId }) => ids.has(orderId));
  return {
    orders,
    transitions: about(books.transitions),
    events: about(books.events),
    stock: books.stock,
    keys: books.keys.filter((key) => key.customer === customer),
    payments: about(books.payments),
    returns: about(books.returns),
    projection: about(books.projection),
    reviews: books.reviews.filter((review) => review.customer === customer),
  };
}

/** What must hold of the books at rest: money, stock, histories and events, each recomputed from the others. */
export function expectSoundBooks(books: AuditSnapshot): void {
  expect(disagreements(books)).toEqual([]);
  for (const stock of books.stock) {
    expect({ ...stock, available: stock.available, held: stock.held }).toEqual({
      ...stock,
      available: stock.seeded - soldOf(books, stock.sku),
      held: 0,
    });
  }
  for (const order of books.orders) {
    const path = books.transitions.filter((transition) => transition.orderId === order.id);
    expect(path.map((step) => step.sequence)).toEqual(path.map((_, index) => index + 1));
    expect(path.map((step) => step.from)).toEqual([null, ...path.slice(0, -1).map((step) => step.to)]);
    for (const step of path.slice(1)) {
      expect(orderStates.next[step.from as keyof typeof orderStates.next]).toContain(step.to);
    }
    expect(path.at(-1)?.to).toBe(order.status);
    expectSoundReturns(books, order);
  }
  expect(books.events.map(({ orderId, sequence, type }) => [orderId, sequence, type])).toEqual(
    books.transitions.map(({ orderId, sequence, to }) => [orderId, sequence, `order.${to}`]),
  );
}

/** No more comes back than was bought, each return is one step of the order's history, and only of an order that was paid. */
function expectSoundReturns(books: AuditSnapshot, order: AuditSnapshot['orders'][number]): void {
  const returns = books.returns.filter((goods) => goods.orderId === order.id);
  for (const line of order.lines) {
    const back = returns.flatMap((goods) => goods.lines).filter((other) => other.sku === line.sku);
    expect(back.reduce((sum, other) => sum + other.quantity, 0)).toBeLessThanOrEqual(line.quantity);
  }
  const steps = books.transitions.filter(
    ({ orderId, to }) => orderId === order.id && (to === 'part_returned' || to === 'returned'),
  );
  expect(steps).toHaveLength(returns.length);
  const whole = returnedCents(books, order.id) === order.totalCents;
  if (returns.length > 0) expect(order.status).toBe(whole ? 'returned' : 'part_returned');
}

/** Money that the provider holds for an order. */
export function netOf(books: AuditSnapshot, orderId: string): number {
  return books.payments
    .filter((line) => line.orderId === orderId && line.result === 'accepted')
    .reduce((net, line) => net + (line.operation === 'capture' ? line.cents : -line.cents), 0);
}

function disagreements(books: AuditSnapshot): readonly string[] {
  const ids = new Set([
    ...books.orders.map((order) => order.id),
    ...books.payments.map((line) => line.orderId),
  ]);
  return [...ids].flatMap((id) => {
    const order = books.orders.find((candidate) => candidate.id === id);
    const due =
      order === undefined || !isPaid(order.status) ? 0 : order.totalCents - returnedCents(books, id);
    const captures = books.payments.filter(
      (line) => line.orderId === id && line.operation === 'capture' && line.result === 'accepted',
    );
    return [
      ...(netOf(books, id) === due
        ? []
        : [`order ${id} (${order?.status}) owes ${due}, provider has ${netOf(books, id)}`]),
      ...(captures.length > 1 ? [`order ${id} was captured ${captures.length} times`] : []),
    ];
  });
}

function soldOf(books: AuditSnapshot, sku: string): number {
  const units = (lines: readonly { readonly sku: string; readonly quantity: number }[]) =>
    lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.quantity, 0);
  const sold = books.orders.filter((order) => isPaid(order.status)).flatMap((order) => order.lines);
  return units(sold) - units(books.returns.flatMap((goods) => goods.lines));
}

function isPaid(status: string): boolean {
  return (orderStates.paid as readonly string[]).includes(status);
}

function returnedCents(books: AuditSnapshot, orderId: string): number {
  return books.returns
    .filter((goods) => goods.orderId === orderId && goods.status === 'refunded')
    .reduce((sum, goods) => sum + goods.cents, 0);
}
