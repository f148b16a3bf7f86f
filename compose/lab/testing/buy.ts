import { request } from 'undici';
import { answerMs, getJson } from './ask.ts';
import { eventually } from './eventually.ts';

export interface Bought {
  readonly status: number;
  readonly body: string;
  readonly traceId: string;
}

/** One order of the first product, at the shop's address, under a trace and a key of its own. */
export async function buy(shop: string, key: string = crypto.randomUUID()): Promise<Bought> {
  const { products } = (await getJson(`${shop}/products`, { limit: '1' })) as {
    products: readonly { readonly sku: string }[];
  };
  const traceId = crypto.randomUUID().replaceAll('-', '');
  const { statusCode, body } = await request(`${shop}/orders`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-customer': 'c-1',
      'idempotency-key': key,
      traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01`,
    },
    body: JSON.stringify({ lines: [{ sku: products[0]?.sku, quantity: 1 }], card: { token: 'tok_ok' } }),
    signal: AbortSignal.timeout(answerMs),
  });
  return { status: statusCode, body: await body.text(), traceId };
}

/** One order that is taken: a machine that is busy for a moment may have one turned away, and whoever wants it asks again. */
export const sale = (shop: string): Promise<Bought> =>
  eventually('an order is taken', async () => {
    const bought = await buy(shop);
    if (bought.status !== 201) throw new Error(`${bought.status} ${bought.body}`);
    return bought;
  });
