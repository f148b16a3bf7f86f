import { setTimeout as sleep } from 'node:timers/promises';
import type { ShopAnswer } from './shop-client.ts';

/** Asks again with the same key, as a 5xx or "in flight" tells its reader to, until the answer is definite. */
export async function finalAnswer(ask: () => Promise<ShopAnswer>, withinMs = 60_000): Promise<ShopAnswer> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer.status < 500 && answer.body.code !== 'idempotency-key-in-flight') return answer;
    if (performance.now() > until) throw new Error(`no definite answer in ${withinMs} ms: ${answer.text}`);
    // Retry-After says a second; spread, so that those who were turned away together do not come back together.
    await sleep(200 + Math.random() * 800);
  }
}
