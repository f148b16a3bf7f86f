import { cancelledSale, partReturn, plainSale } from '../histories.ts';
import { type ModelRun, payment, returned, send } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import { checkoutOf, stockOf } from './spoil.ts';

/** Goods and money that come back as they should not. */
export const returns: readonly Corruption[] = [
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
];

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
