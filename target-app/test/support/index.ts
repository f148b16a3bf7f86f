export type { NodeProcess } from './node-process.ts';
export { type Postgres, startPostgres } from './postgres.ts';
export { type ShopBench, startShopBench } from './shop-bench.ts';
