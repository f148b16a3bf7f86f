import { expect, it } from 'vitest';
import { catalogue, productCount, scarceCount } from './catalogue.ts';

it('is the same each time: so many articles, each name and number once, a few of them scarce', () => {
  const products = catalogue();
  expect(products).toEqual(catalogue());
  expect(products).toHaveLength(productCount);
  expect(new Set(products.map((product) => product.sku)).size).toBe(productCount);
  expect(new Set(products.map((product) => product.name)).size).toBe(productCount);
  expect(products.filter((product) => product.seeded < 1000)).toHaveLength(scarceCount);
  expect(products.every((product) => Number.isInteger(product.priceCents) && product.priceCents > 0)).toBe(
    true,
  );
});
