import { productCount, scarceCount, skuOf } from '../src/data/seed/catalogue.ts';

/** 0 ≤ n < bound. */
export function integerBelow(random: () => number, bound: number): number {
  return Math.min(bound - 1, Math.floor(random() * bound));
}

/** A few articles sell best: the square of a uniform number. One in two hundred buyers wants a scarce one. */
export function chooseSku(random: () => number): string {
  const plenty = productCount - scarceCount;
  if (random() < 0.005) return skuOf(plenty + 1 + integerBelow(random, scarceCount));
  return skuOf(1 + integerBelow(() => random() ** 2, plenty));
}

/** One to three different articles, one or two of each. */
export function chooseLines(random: () => number): { readonly sku: string; readonly quantity: number }[] {
  const skus = new Set(Array.from({ length: 1 + integerBelow(random, 3) }, () => chooseSku(random)));
  return [...skus].map((sku) => ({ sku, quantity: 1 + integerBelow(random, 2) }));
}
