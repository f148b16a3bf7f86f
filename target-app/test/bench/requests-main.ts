import { runShop } from '../../src/run-shop.ts';

/** The good shop without its chores: what it costs is what its requests cost. */
await runShop('requests-only-shop', { workers: () => [] });
