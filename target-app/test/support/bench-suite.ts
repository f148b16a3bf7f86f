import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { BenchLevel } from './bench-levels.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type ShopBench, startShopBench } from './shop-bench.ts';

/** The servers of a level for the file, one shop per test; everything is gone afterwards, whatever happened. */
export function benchSuite(level: BenchLevel = 1): {
  readonly bench: ShopBench;
  readonly postgres: Postgres;
} {
  let postgres: Postgres | undefined;
  let bench: ShopBench | undefined;
  beforeAll(async () => {
    postgres = await startPostgres(level >= 3 ? 2 : 0);
  });
  beforeEach(async () => {
    bench = await startShopBench(required(postgres), level);
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
