import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAnswer } from './shop-client.ts';

/**
 * Asks again with the same key, as a 5xx, "in flight" or no answer at all tells its reader to, until the answer is definite.
 */
export async function finalAnswer(ask: () => Promise<ShopAnswer>, withinMs = 120_000): Promise<ShopAnswer> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask().catch((error: unknown) => error);
    if (!(answer instanceof Error) && isDefinite(answer as ShopAnswer)) return answer as ShopAnswer;
    if (performance.now() > until) throw new Error(`no definite answer in ${withinMs} ms`, { cause: answer });
    // Retry-After says a second; spread, so that those who were turned away together do not come back together.
    await sleep(200 + Math.random() * 800);
  }
}

function isDefinite(answer: ShopAnswer): boolean {
  return answer.status < 500 && answer.body.code !== 'idempotency-key-in-flight';
}
