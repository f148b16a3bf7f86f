import type { Operation } from '../../../../ledger/operations.ts';
import { cancelledSale, partReturn, plainSale, retriedSale } from '../histories.ts';
import { type ModelRun, send } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import { checkoutOf } from './spoil.ts';

/** Answers that a key does not keep. */
export const keys: readonly Corruption[] = [
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
];

function reanswer(run: ModelRun, id: string, change: (response: object) => object): void {
  const operation = checkoutOf(run, id);
  const index = run.operations.indexOf(operation);
  const result = operation.result!;
  run.operations[index] = {
    ...operation,
    result: { ...result, response: change(result.response as object) },
  };
}

function writeOf(run: ModelRun, operation: string, order: string): Operation {
  return run.operations.findLast(
    ({ invoke }) => invoke.operation === operation && invoke.path.startsWith(`/orders/${order}/`),
  )!;
}
