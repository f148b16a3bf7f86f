import { runShop } from '../../src/run-shop.ts';

/** The good shop without its reconciler, which would look for 200,000 charges that a generated past never made. */
await runShop('chores-shop', { workers: (workers) => workers.filter(({ name }) => name !== 'reconciler') });
