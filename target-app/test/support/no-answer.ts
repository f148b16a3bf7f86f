import { expect } from 'vitest';
import type { ShopAnswer } from './shop-client.ts';

/** Its request got no definite answer: the connection broke, or who stands before the shop says that it did. */
export async function expectNoAnswer(asking: Promise<ShopAnswer>): Promise<void> {
  const answer = await asking.catch((error: unknown) => error);
  if (answer instanceof Error) return;
  expect((answer as ShopAnswer).status).toBeGreaterThanOrEqual(502);
}
