import { cancelledSale, partReturn, plainSale } from '../histories.ts';
import { show } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';

/** Reads that forget what their customer had seen. */
export const sessions: readonly Corruption[] = [
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
];
