import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RunningShop } from './shop-bench.ts';
import type { ShopAnswer } from './shop-client.ts';

/**
 * Asks a shop of one process until the request kills it, and never gets a definite answer. On a busy machine a request
 * may be turned away before it comes to where the process dies.
 */
export async function untilKilled(shop: RunningShop, ask: () => Promise<ShopAnswer>): Promise<void> {
  const killed = shop.apis[0]?.exited;
  for (;;) {
    const answer = await ask().catch((error: unknown) => error);
    const ended = await Promise.race([killed, sleep(200)]);
    if (ended !== undefined) return expect(ended).toMatchObject({ signal: 'SIGKILL' });
    if (answer instanceof Error) continue;
    const { status, body } = answer as ShopAnswer;
    expect(status >= 502 || body.code === 'idempotency-key-in-flight', `${status} ${body.code}`).toBe(true);
  }
}
