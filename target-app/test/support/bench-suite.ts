import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type BenchLevel, serversOf } from './bench-levels.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { sharedPostgres } from './shared-postgres.ts';
import { type ShopBench, startShopBench } from './shop-bench.ts';

export interface BenchSuiteOptions {
  /** `own`: the file does to its servers what others must not notice. `shared`, as by default: the run's servers. */
  readonly servers?: 'shared' | 'own';
  /** `test`, as by default: each has a shop of its own. `suite`: all tell one story of one shop. */
  readonly shopPer?: 'test' | 'suite';
}

/** The servers of a level, and a shop on a database of its own for each test; it is gone afterwards, whatever happened. */
export function benchSuite(
  level: BenchLevel = 1,
  { servers = 'shared', shopPer = 'test' }: BenchSuiteOptions = {},
): {
  readonly bench: ShopBench;
  readonly postgres: Postgres;
} {
  let postgres: Postgres | undefined;
  let bench: ShopBench | undefined;
  beforeAll(async () => {
    const wanted = serversOf(level);
    postgres = servers === 'own' ? await startPostgres(wanted) : await sharedPostgres(wanted);
  });
  afterAll(() => postgres?.stop());
  const [before, after] = shopPer === 'test' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  before(async () => {
    bench = await startShopBench(required(postgres), level);
  });
  after(async () => {
    await bench?.stop();
    bench = undefined;
  });
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
