import { cancelledSale, plainSale, saleOnTrust, unknownSale } from '../histories.ts';
import { payment } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import type { Audit } from './spoil.ts';

/** Orders that are not what their buyers were told. */
export const orders: readonly Corruption[] = [
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
];

function orderOf(audit: Audit, id: string): Audit['orders'][number] {
  return audit.orders.find((order) => order.id === id)!;
}

function replace<T extends { readonly id: string }>(rows: T[], id: string, change: (row: T) => T): void {
  const index = rows.findIndex((row) => row.id === id);
  rows[index] = change(rows[index]!);
}
