import type { Operation } from '../../../ledger/operations.ts';
import {
  cancelledSale,
  expiredHold,
  lostSale,
  partReturn,
  plainSale,
  retriedSale,
  saleOnTrust,
  unknownSale,
} from './histories.ts';
import {
  divergedAt,
  type ModelCheckout,
  type ModelRun,
  opinion,
  payment,
  returned,
  send,
  sendReview,
  show,
  transitions,
} from './model-shop.ts';

/** One way to break one promise, in a run whose last checkout is `victim`. */
export interface Corruption {
  readonly name: string;
  /** The invariants that must see it, each. */
  readonly caughtBy: readonly number[];
  readonly victim: ModelCheckout;
  /** The other orders are neither lost by a promotion nor read from a replica. */
  readonly othersAsAtLevel1?: true;
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
    name: 'an order that was accepted, to be paid later, is given up without its bank’s word',
    caughtBy: [1],
    victim: { ...saleOnTrust, fate: 'failed' },
    spoil: ({ audit }, id) => {
      audit.payments = audit.payments.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'an order that was accepted, to be paid later, is never paid',
    caughtBy: [2, 5],
    victim: { ...saleOnTrust, learns: ['nothing'] },
    spoil: ({ audit }, id) => replace(audit.orders, id, (order) => ({ ...order, status: 'accepted' })),
  },
  {
    name: 'an order that was accepted, to be paid later, is lost',
    caughtBy: [1, 5],
    victim: saleOnTrust,
    spoil: ({ audit }, id) => {
      audit.orders = audit.orders.filter((order) => order.id !== id);
    },
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
  {
    name: 'an event tells another state than its transition',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.events = audit.events.map((row) => (row.orderId === id ? { ...row, status: 'failed' } : row));
    },
  },
  {
    name: 'the projection never took the last event in',
    caughtBy: [9],
    victim: plainSale,
    spoil: (run, id) => project(run, id, { status: 'pending', lastSequence: 1 }),
  },
  {
    name: 'the projection forgot an order',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }, id) => {
      audit.projection = audit.projection.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'the projection went back to an earlier state',
    caughtBy: [9],
    victim: partReturn,
    spoil: (run, id) => project(run, id, { status: 'paid' }),
  },
  {
    name: 'the projection shows an order to somebody else',
    caughtBy: [9],
    victim: plainSale,
    spoil: (run, id) => project(run, id, { customer: 'c-else' }),
  },
  {
    name: 'the projection knows an order of which no event tells',
    caughtBy: [9],
    victim: plainSale,
    spoil: ({ audit }) =>
      audit.projection.push({
        orderId: 'o-ghost',
        customer: 'c-1',
        status: 'paid',
        totalCents: 1,
        lastSequence: 2,
      }),
  },
  {
    name: 'more comes back than was bought',
    caughtBy: [5, 7],
    victim: partReturn,
    spoil: ({ audit }, id) =>
      audit.returns.push({ ...returned(id, 'r-more', [{ sku: 'SKU-1', quantity: 2 }], 500), id: 'more' }),
  },
  {
    name: 'an acknowledged return is not there',
    caughtBy: [5, 7],
    victim: partReturn,
    spoil: ({ audit }, id) => {
      audit.returns = audit.returns.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'a return is there twice',
    caughtBy: [5, 7],
    victim: { ...partReturn, quantity: 3 },
    spoil: ({ audit }, id) => {
      audit.returns.push({ ...audit.returns.find((row) => row.orderId === id)!, id: 'once more' });
    },
  },
  {
    name: 'a return gives back another price than was paid',
    caughtBy: [5, 7],
    victim: partReturn,
    spoil: ({ audit }, id) => {
      audit.returns = audit.returns.map((row) => (row.orderId === id ? { ...row, cents: 300 } : row));
      audit.payments = audit.payments.map((row) =>
        row.orderId === id && row.operation === 'refund' ? { ...row, cents: 300 } : row,
      );
    },
  },
  {
    name: 'a return is refunded twice',
    caughtBy: [5],
    victim: partReturn,
    spoil: ({ audit }, id) => audit.payments.push({ ...payment(id, 'refund', 250), key: 'p-twice' }),
  },
  {
    name: 'a return is refused though nothing came back before',
    caughtBy: [7],
    victim: plainSale,
    spoil: (run, id) => giveBack(run, id, 2, 'refused'),
  },
  {
    name: 'a return is refused and takes effect',
    caughtBy: [7],
    victim: { ...plainSale, quantity: 1 },
    spoil: (run, id) => {
      giveBack(run, id, 2, 'refused');
      run.audit.returns.push(returned(id, 'r-victim', [{ sku: 'SKU-1', quantity: 1 }], 250));
    },
  },
  {
    name: 'a return and a cancellation both win',
    caughtBy: [7],
    victim: cancelledSale,
    spoil: ({ audit }, id) =>
      audit.returns.push(returned(id, 'r-both', [{ sku: 'SKU-1', quantity: 1 }], 250)),
  },
  {
    name: 'neither a return nor a cancellation wins',
    caughtBy: [7],
    victim: plainSale,
    spoil: (run, id) => {
      giveBack(run, id, 1, 'refused');
      const { customer } = checkoutOf(run, id).invoke;
      const request = { customer, key: 'x-victim', path: `/orders/${id}/cancel`, body: {} };
      send(run, 'cancel', request, 'refused', undefined, { status: 409, code: 'order-not-cancellable' });
    },
  },
  {
    name: 'a return that nobody asked for',
    caughtBy: [3],
    victim: plainSale,
    spoil: ({ audit }, id) =>
      audit.returns.push(returned(id, 'r-ghost', [{ sku: 'SKU-1', quantity: 1 }], 250)),
  },
  {
    name: 'what came back is not put into stock again',
    caughtBy: [6],
    victim: partReturn,
    spoil: ({ audit }) => stockOf(audit, (row) => ({ ...row, available: row.available - 1 })),
  },
  {
    name: 'the same key of a return is answered differently',
    caughtBy: [4],
    victim: partReturn,
    spoil: (run, id) => {
      const { invoke, result } = writeOf(run, 'return', id);
      const { customer, key, path, body } = invoke;
      const answer = { ...(result?.response as object), refundedCents: 1 };
      send(run, 'return', { customer, key, path, body }, 'ok', answer);
    },
  },
  {
    name: 'the same key of a review is answered differently',
    caughtBy: [4],
    victim: plainSale,
    spoil: (run, id) => {
      const { customer } = checkoutOf(run, id).invoke;
      const request = { customer, key: 'v-victim', path: '/products/SKU-1/reviews', body: { stars: 5 } };
      for (const reviewId of [1, 2]) send(run, 'review', request, 'ok', { reviewId, orderId: id });
    },
  },
  {
    name: 'a key of a cancellation does for a return, too',
    caughtBy: [4],
    victim: cancelledSale,
    spoil: (run, id) => {
      const { invoke, result } = writeOf(run, 'cancel', id);
      const { customer, key } = invoke;
      const body = { lines: [{ sku: 'SKU-1', quantity: 1 }] };
      send(run, 'return', { customer, key, path: `/orders/${id}/returns`, body }, 'ok', result?.response);
    },
  },
  {
    name: "a key is used up by another customer's request",
    caughtBy: [4],
    victim: plainSale,
    spoil: (run, id) => {
      const operation = checkoutOf(run, id);
      const { customer, path, key } = operation.invoke;
      const refusal = { status: 422, code: 'idempotency-key-reused' };
      run.operations.splice(run.operations.indexOf(operation), 1);
      send(run, 'checkout', { customer, path, key, body: { lines: [] } }, 'refused', undefined, refusal);
    },
  },
  {
    name: 'an acknowledged order is on a primary of before a failover and nowhere else',
    caughtBy: [1, 11],
    victim: plainSale,
    othersAsAtLevel1: true,
    spoil: (run, id) => {
      run.level = 4;
      const told = checkoutOf(run, id);
      run.divergences.push(divergedAt('pg-1', told, told.result?.response));
      run.audit.orders = run.audit.orders.filter((order) => order.id !== id);
      run.audit.keys = run.audit.keys.filter((row) => row.orderId !== id);
    },
  },
  {
    name: 'an acknowledged review is not there',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, () => []),
  },
  {
    name: 'a review is there twice',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [row, { ...row, id: 'once more' }]),
  },
  {
    name: 'a review has other stars than were given',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, rating: 5 }]),
  },
  {
    name: 'a review has other words than were sent',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, text: 'Leaks.' }]),
  },
  {
    name: 'a review is written by somebody who never bought the article',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, bought: false }]),
  },
  {
    name: 'a review that was refused is there',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [row], 'refused'),
  },
  {
    name: 'a customer is shown an order as it was before they were told of it, by no replica',
    caughtBy: [10],
    victim: cancelledSale,
    spoil: (run, id) => show(run, Number(id.slice(2)), 'paid'),
  },
  {
    name: 'a customer is shown an earlier state after a later one',
    caughtBy: [10],
    victim: { ...partReturn, reads: 'fresh' },
    spoil: (run, id) => show(run, Number(id.slice(2)), 'paid'),
  },
  {
    name: 'a customer is told that their order is not there',
    caughtBy: [10],
    victim: plainSale,
    spoil: (run, id) => show(run, Number(id.slice(2)), undefined),
  },
  {
    name: 'a replica is behind at a level that reads its own writes',
    caughtBy: [10],
    victim: { ...cancelledSale, reads: 'behind' },
    othersAsAtLevel1: true,
    spoil: (run) => {
      run.level = 4;
    },
  },
  {
    name: 'an acknowledged order is lost with a promotion at a level that loses none',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => {
      run.level = 4;
    },
  },
  {
    name: 'an acknowledged order is lost without a promotion',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => {
      run.promotions = [];
    },
  },
  {
    name: 'an order that the promoted standby had replayed is lost',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) =>
      promoted(run, { lastReplayedAt: new Date(run.operations.length * 100 + 40).toISOString() }),
  },
  {
    name: 'an order is lost by a promotion of which nobody knows how far it had replayed',
    caughtBy: [1, 3],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => promoted(run, { lastReplayedAt: undefined }),
  },
  {
    name: 'an order is acknowledged after the old primary was fenced, and lost',
    caughtBy: [1],
    victim: lostSale,
    othersAsAtLevel1: true,
    spoil: (run) => promoted(run, { fencedAt: new Date(run.operations.length * 100 - 40).toISOString() }),
  },
  {
    name: 'the money of an order that a promotion took is kept',
    caughtBy: [3, 5],
    victim: lostSale,
    spoil: ({ audit }, id) => {
      audit.payments = audit.payments.filter((row) => row.orderId !== id || row.operation === 'capture');
    },
  },
  {
    name: 'money goes back long after the promotion, and nobody knows why',
    caughtBy: [5],
    victim: plainSale,
    othersAsAtLevel1: true,
    spoil: (run, id) => {
      const at = run.operations.length * 100;
      const [lastReplayedAt, fencedAt] = [at, at + 100].map((ms) => new Date(ms).toISOString()) as [
        string,
        string,
      ];
      run.promotions.push({ from: 'pg-1', to: 'pg-2', lastReplayedAt, fencedAt, promotedAt: fencedAt });
      run.audit.payments.push(payment(id, 'refund', 500, at + 60_000));
    },
  },
];

type Audit = ModelRun['audit'];

/** One more review, of which `kept` says what the books have. */
function reviewed(
  run: ModelRun,
  kept: (row: Audit['reviews'][number]) => Audit['reviews'],
  end: 'ok' | 'refused' = 'ok',
): void {
  const row = opinion('c-victim', 'SKU-1', 'v-victim');
  sendReview(run, row, 'v-victim', end);
  run.audit.reviews.push(...kept(row));
}

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

function promoted(run: ModelRun, change: Partial<ModelRun['promotions'][number]>): void {
  run.promotions = run.promotions.map((promotion) => ({ ...promotion, ...change }));
}

function project(run: ModelRun, id: string, change: Partial<Audit['projection'][number]>): void {
  run.audit.projection = run.audit.projection.map((row) =>
    row.orderId === id ? { ...row, ...change } : row,
  );
}

function writeOf(run: ModelRun, operation: string, order: string): Operation {
  return run.operations.findLast(
    ({ invoke }) => invoke.operation === operation && invoke.path.startsWith(`/orders/${order}/`),
  )!;
}

function giveBack(run: ModelRun, id: string, quantity: number, end: 'refused'): void {
  const { customer } = checkoutOf(run, id).invoke;
  const body = { lines: [{ sku: 'SKU-1', quantity }] };
  const refusal = { status: 409, code: 'return-exceeds-order' };
  send(
    run,
    'return',
    { customer, key: 'r-victim', path: `/orders/${id}/returns`, body },
    end,
    undefined,
    refusal,
  );
}
