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
      expect(disagreements(books)).toEqual([]);
    },
    'the books to settle',
    withinMs,
  );
  const books = await bench.audit();
  expectSoundBooks(books);
  return books;
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
  }
  expect(books.events.map(({ orderId, sequence, type }) => [orderId, sequence, type])).toEqual(
    books.transitions.map(({ orderId, sequence, to }) => [orderId, sequence, `order.${to}`]),
  );
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
    const due = order?.status === 'paid' ? order.totalCents : 0;
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
  return books.orders
    .filter((order) => order.status === 'paid')
    .flatMap((order) => order.lines)
    .filter((line) => line.sku === sku)
    .reduce((sum, line) => sum + line.quantity, 0);
}
