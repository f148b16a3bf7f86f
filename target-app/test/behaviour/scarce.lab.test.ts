import { beforeAll, describe, expect, it } from 'vitest';
import { skuOf } from '../../src/data/seed/catalogue.ts';
import { outerBenchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { deadlocks } from '../support/deadlocks.ts';
import { finalAnswer } from '../support/final-answer.ts';
import { setStock } from '../support/set-stock.ts';
import { shopClient } from '../support/shop-client.ts';

describe.each(outerBenchLevels)('at level %i', (level) => {
  const suite = benchSuite(level, { shopPer: 'suite' });
  let shop: ReturnType<typeof shopClient>;
  beforeAll(async () => {
    // Nobody here abandons a checkout, however late the crowd lets its buyer in again: a unit that a sweeper gave back after
    // all others had been refused would be sold to nobody.
    const patient = { SHOP_SWEEP_GRACE_MS: '300000', SHOP_HOLD_MS: '300000' };
    shop = shopClient((await suite.bench.startShop(patient)).url);
  });

  it('sells 50 units to 500 buyers at once: each unit once', async () => {
    const [buyers, units] = [500, 50];
    const sku = skuOf(1);
    await setStock(suite.bench.databaseUrl, sku, units);
    const answers = await Promise.all(
      Array.from({ length: buyers }, (_, index) =>
        finalAnswer(() =>
          shop.buy({ customer: `c-${index}`, key: `k${index}`, lines: [{ sku, quantity: 1 }] }),
        ),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(units);
    expect(statuses.filter((status) => status === 409)).toHaveLength(buyers - units);
    const books = await settledBooks(suite.bench);
    expect(books.stock.find((stock) => stock.sku === sku)).toMatchObject({ available: 0, held: 0 });
  });

  it('does not tie itself up when buyers want the same two articles in opposite order', async () => {
    const lines = [
      { sku: skuOf(2), quantity: 1 },
      { sku: skuOf(3), quantity: 1 },
    ];
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        finalAnswer(() =>
          shop.buy({
            customer: 'c-1000',
            key: `k${index}`,
            lines: index % 2 === 0 ? lines : lines.toReversed(),
          }),
        ),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 16 }, () => 201));
    expect(await deadlocks(suite.bench.databaseUrl)).toBe(0);
    await settledBooks(suite.bench);
  });
});
