import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldingProxy } from './holding-proxy.ts';
import type { ShopAnswer } from './shop-client.ts';

/**
 * Asks a shop until what it passes on is held on its way. On a busy machine a request may be turned away before it comes
 * so far.
 * @returns its answer, which is to come.
 */
export async function untilHeld(
  wire: HoldingProxy,
  ask: () => Promise<ShopAnswer>,
): Promise<{ readonly answer: Promise<ShopAnswer> }> {
  for (;;) {
    const answer = ask();
    const answered = new AbortController();
    const end = () => answered.abort();
    answer.then(end, end);
    while (!answered.signal.aborted && wire.held === 0) await sleep(25);
    if (wire.held > 0) return { answer };
  }
}
