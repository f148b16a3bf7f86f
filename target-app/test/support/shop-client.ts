/** An answer of the shop. */
export interface ShopAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies of any shape.
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface Purchase {
  readonly customer: string;
  readonly key: string;
  readonly lines?: readonly Line[];
  readonly cartId?: string;
  readonly token?: string;
}

/** Speaks the shop's HTTP as its customers do. */
export function shopClient(url: string) {
  async function send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<ShopAnswer> {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      // Who stands before the shop speaks HTML.
      body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {},
      headers: response.headers,
    };
  }
  return {
    send,
    get: (path: string, customer = 'c-1') => send('GET', path, { 'x-customer': customer }),
    putCart: (customer: string, id: string, body: unknown) =>
      send('PUT', `/carts/${id}/items`, { 'x-customer': customer }, body),
    buy: ({ customer, key, lines, cartId, token = 'tok_ok' }: Purchase) =>
      send(
        'POST',
        '/orders',
        { 'x-customer': customer, 'idempotency-key': key },
        { ...(lines === undefined ? { cartId } : { lines }), card: { token } },
      ),
    cancel: (customer: string, key: string, orderId: string) =>
      send('POST', `/orders/${orderId}/cancel`, { 'x-customer': customer, 'idempotency-key': key }, {}),
    bringBack: (customer: string, key: string, orderId: string, lines: readonly Line[]) =>
      send(
        'POST',
        `/orders/${orderId}/returns`,
        { 'x-customer': customer, 'idempotency-key': key },
        { lines },
      ),
    review: (customer: string, key: string, sku: string, body: unknown) =>
      send('POST', `/products/${sku}/reviews`, { 'x-customer': customer, 'idempotency-key': key }, body),
  };
}
