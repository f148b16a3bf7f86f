import { beforeEach } from 'vitest';
import { productCount, skuOf } from '../../src/data/seed/catalogue.ts';

/** Where tests share a shop, each has a customer and a scarce article of its own. */
export function ownCustomer(): {
  readonly customer: string;
  readonly stranger: string;
  readonly sku: string;
} {
  let test = 0;
  beforeEach(() => {
    test += 1;
  });
  return {
    get customer() {
      return `c-${test}`;
    },
    get stranger() {
      return `c-${1000 + test}`;
    },
    get sku() {
      return skuOf(productCount + 1 - test);
    },
  };
}
