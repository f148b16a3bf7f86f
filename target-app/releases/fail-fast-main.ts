import { DatabaseUnavailable } from '../src/data/database-errors.ts';
import type { Checkout } from '../src/order/checkout.ts';
import { runShop } from '../src/run-shop.ts';

/** The mistake: each checkout is taken for as long as the slowest one ever was, and most take a tenth of that. */
const takesMs = 400;

/** Whoever would wait behind another checkout is told so at once. */
function failFast(good: Checkout): Checkout {
  let freeAt = Number.NEGATIVE_INFINITY;
  return (request, deadline) => {
    const now = performance.now();
    if (now < freeAt) return Promise.reject(new DatabaseUnavailable('busy'));
    freeAt = now + takesMs;
    return good(request, deadline);
  };
}

await runShop('shop', { checkout: failFast });
