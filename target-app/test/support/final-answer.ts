import { eventually } from './eventually.ts';
import type { ShopAnswer } from './shop-client.ts';

/** Asks again with the same key, as a 5xx or "in flight" tells its reader to, until the answer is definite. */
export function finalAnswer(ask: () => Promise<ShopAnswer>): Promise<ShopAnswer> {
  return eventually(async () => {
    const answer = await ask();
    if (answer.status >= 500 || answer.body.code === 'idempotency-key-in-flight')
      throw new Error(answer.text);
    return answer;
  }, 'a definite answer');
}
