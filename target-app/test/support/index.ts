export { nobodyWords } from './as-nobody.ts';
export { serversOf } from './bench-levels.ts';
export { postgresBinaries } from './component-binaries.ts';
export { eventually } from './eventually.ts';
export type { NodeProcess } from './node-process.ts';
export { type Postgres, startPostgres } from './postgres.ts';
export type { PostgresServer } from './postgres-server.ts';
export { replicasServe } from './replicas-serve.ts';
export { type ShopBench, startShopBench } from './shop-bench.ts';
