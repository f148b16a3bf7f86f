import { plainSale } from '../histories.ts';
import type { Corruption } from './corruption.ts';
import { stockOf } from './spoil.ts';

/** Units that are nowhere, or twice. */
export const stock: readonly Corruption[] = [
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
];
