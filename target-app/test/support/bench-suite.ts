import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Postgres, startPostgres } from './postgres.ts';
import { type ShopBench, startShopBench } from './shop-bench.ts';

/** One PostgreSQL for the file, one shop per test; everything is gone afterwards, whatever happened. */
export function benchSuite(): { readonly bench: ShopBench; readonly postgres: Postgres } {
  let postgres: Postgres | undefined;
  let bench: ShopBench | undefined;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    bench = await startShopBench(required(postgres));
  });
  afterEach(async () => {
    await bench?.stop();
    bench = undefined;
  });
  afterAll(() => postgres?.stop());
  return {
    get bench() {
      return required(bench);
    },
    get postgres() {
      return required(postgres);
    },
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it was not started');
  return value;
}
