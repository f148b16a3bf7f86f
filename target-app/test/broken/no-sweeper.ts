import type { BrokenShop } from './broken-shop.ts';

export const noSweeper: BrokenShop = {
  mistake: 'Nobody finishes the orders whose process died.',
  seams: { workers: (workers) => workers.filter((worker) => worker.name !== 'sweeper') },
};
