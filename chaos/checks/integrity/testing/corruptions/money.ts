import { cancelledSale, expiredHold, plainSale } from '../histories.ts';
import { payment } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';

/** Money that the provider holds and nobody owes, or the other way. */
export const money: readonly Corruption[] = [
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
];
