import { type Postgres, startPostgres } from '@firedrill/target-app/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { inParallel } from './exposure/in-parallel.ts';
import { allOthers, expectNoAccusation } from './exposure/testing/good-shop.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const inTurn = inParallel(3);

describe.concurrent('the checker', () => {
  it.each(allOthers)('never accuses the good shop, under $name', (scenario) =>
    expectNoAccusation(postgres, scenario, inTurn),
  );
});
