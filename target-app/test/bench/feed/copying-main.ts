import { runShop } from '../../../src/run-shop.ts';

/** The good shop with none of its chores but the copying of feeds. */
await runShop('copying-shop', {
  workers: (workers) => workers.filter((worker) => worker.name === 'feed-copier'),
});
