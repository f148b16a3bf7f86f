import { request } from 'undici';
import { getJson } from './ask.ts';

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
  });
  return { status: statusCode, body: await body.text(), traceId };
}
