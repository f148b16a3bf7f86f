import type { Operation } from '../../../ledger/operations.ts';
import { cancelledSale, expiredHold, plainSale, retriedSale, unknownSale } from './histories.ts';
import { type ModelCheckout, type ModelRun, payment, send, transitions } from './model-shop.ts';

/** One way to break one promise, in a run whose last checkout is `victim`. */
export interface Corruption {
  readonly name: string;
  /** The invariants that must see it, each. */
  readonly caughtBy: readonly number[];
  readonly victim: ModelCheckout;
  /** `id`: the victim's order. */
  spoil(run: ModelRun, id: string): void;
}

export const corruptions: readonly Corruption[] = [
  {
    name: 'an acknowledged order is lost',
    caughtBy: [1, 5],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.orders = audit.orders.filter((order) => order.id !== id);
      audit.transitions = audit.transitions.filter((row) => row.orderId !== id);
      audit.events = audit.events.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'an acknowledged order exists twice',
    caughtBy: [1, 4],
    victim: plainSale,
    spoil: ({ audit }, id) => audit.orders.push({ ...orderOf(audit, id), id: `${id}-again` }),
  },
  {
    name: 'an acknowledged order has other cents',
    caughtBy: [1],
    victim: plainSale,
    spoil: ({ audit }, id) =>
      replace(audit.orders, id, (order) => ({ ...order, totalCents: order.totalCents + 1 })),
  },
  {
    name: 'an acknowledged order has other lines',
    caughtBy: [1],
    victim: plainSale,
    spoil: ({ audit }, id) =>
      replace(audit.orders, id, (order) => ({
        ...order,
        lines: order.lines.map((l) => ({ ...l, quantity: 9 })),
      })),
  },
  {
    name: 'a refused order was charged',
    caughtBy: [1, 5],
    victim: { ...plainSale, fate: 'failed' },
    spoil: ({ audit }, id) => audit.payments.push(payment(id, 'capture', 500)),
  },
  {
    name: 'an acknowledged cancellation did not happen',
    caughtBy: [1],
    victim: cancelledSale,
    spoil: ({ audit }, id) => replace(audit.orders, id, (order) => ({ ...order, status: 'paid' })),
  },
  {
    name: 'an unknown order took effect twice',
    caughtBy: [2, 4],
    victim: unknownSale,
    spoil: ({ audit }, id) => audit.orders.push({ ...orderOf(audit, id), id: `${id}-again` }),
  },
  {
    name: 'an unknown order never comes to rest',
    caughtBy: [2],
    victim: unknownSale,
    spoil: ({ audit }, id) => replace(audit.orders, id, (order) => ({ ...order, status: 'pending' })),
  },
  {
    name: 'the provider and the database disagree on an unknown order',
    caughtBy: [2, 5],
    victim: unknownSale,
    spoil: ({ audit }, id) => {
      audit.payments = audit.payments.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'an order that nobody asked for',
    caughtBy: [3],
    victim: plainSale,
    spoil: ({ audit }, id) => audit.orders.push({ ...orderOf(audit, id), id: 'o-ghost', key: 'k-ghost' }),
  },
  {
    name: 'a charge for an order that does not exist',
    caughtBy: [3, 5],
    victim: plainSale,
    spoil: ({ audit }) => audit.payments.push(payment('o-ghost', 'capture', 100)),
  },
  {
    name: 'the same key is answered with another order',
    caughtBy: [4],
    victim: retriedSale,
    spoil: (run, id) => reanswer(run, id, (response) => ({ ...response, orderId: `${id}-again` })),
  },
  {
    name: 'the same key with another body is acknowledged',
    caughtBy: [4],
    victim: plainSale,
    spoil: (run, id) => {
      const { invoke, result } = checkoutOf(run, id);
      const request = { customer: invoke.customer, key: invoke.key, path: invoke.path, body: { lines: [] } };
      send(run, 'checkout', request, 'ok', result?.response);
    },
  },
  {
    name: 'a 5xx is kept as the final answer',
    caughtBy: [4],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.keys = audit.keys.map((row) => (row.orderId === id ? { ...row, answerStatus: 503 } : row));
    },
  },
  {
    name: 'an order is captured twice under two provider keys',
    caughtBy: [5],
    victim: plainSale,
    spoil: ({ audit }, id) => audit.payments.push({ ...payment(id, 'capture', 500), key: 'p-second' }),
  },
  {
    name: 'an expired hold stays charged',
    caughtBy: [5],
    victim: expiredHold,
    spoil: ({ audit }, id) => audit.payments.push(payment(id, 'capture', 500)),
  },
  {
    name: 'a cancelled order is not refunded',
    caughtBy: [5],
    victim: cancelledSale,
    spoil: ({ audit }, id) => {
      audit.payments = audit.payments.filter((row) => row.orderId !== id || row.operation === 'capture');
    },
  },
  {
    name: 'stock is given back twice',
    caughtBy: [6],
    victim: plainSale,
    spoil: ({ audit }) => stockOf(audit, (row) => ({ ...row, available: row.available + 2 })),
  },
  {
    name: 'a sale is not taken off the stock',
    caughtBy: [6],
    victim: plainSale,
    spoil: ({ audit }) => stockOf(audit, (row) => ({ ...row, available: row.available + 1 })),
  },
  {
    name: 'a hold outlives its order',
    caughtBy: [6],
    victim: plainSale,
    spoil: ({ audit }) => stockOf(audit, (row) => ({ ...row, available: row.available - 1, held: 1 })),
  },
  {
    name: 'an order jumps over a state',
    caughtBy: [8],
    victim: cancelledSale,
    spoil: ({ audit }, id) => {
      const others = audit.transitions.filter((row) => row.orderId !== id);
      audit.transitions = [...others, ...transitions(id, ['pending', 'cancelled'])];
    },
  },
  {
    name: 'a transition is missing',
    caughtBy: [8, 9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.transitions = audit.transitions.filter((row) => row.orderId !== id || row.sequence !== 1);
    },
  },
  {
    name: 'an event is missing',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.events = audit.events.filter((row) => row.orderId !== id || row.sequence !== 2);
    },
  },
];

type Audit = ModelRun['audit'];

function orderOf(audit: Audit, id: string): Audit['orders'][number] {
  return audit.orders.find((order) => order.id === id)!;
}

function replace<T extends { readonly id: string }>(rows: T[], id: string, change: (row: T) => T): void {
  const index = rows.findIndex((row) => row.id === id);
  rows[index] = change(rows[index]!);
}

function stockOf(audit: Audit, change: (row: Audit['stock'][number]) => Audit['stock'][number]): void {
  audit.stock = audit.stock.map((row) => (row.sku === 'SKU-1' ? change(row) : row));
}

function checkoutOf(run: ModelRun, id: string): Operation {
  return run.operations.findLast(
    ({ invoke, result }) =>
      invoke.operation === 'checkout' &&
      (result?.response as { orderId?: string } | undefined)?.orderId === id,
  )!;
}

function reanswer(run: ModelRun, id: string, change: (response: object) => object): void {
  const operation = checkoutOf(run, id);
  const index = run.operations.indexOf(operation);
  const result = operation.result!;
  run.operations[index] = {
    ...operation,
    result: { ...result, response: change(result.response as object) },
  };
}
