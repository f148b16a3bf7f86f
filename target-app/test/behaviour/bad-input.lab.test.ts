import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientShop } from '../fuzz/patient-shop.ts';
import { serversOf } from '../support/bench-levels.ts';
import type { NodeProcess } from '../support/node-process.ts';
import type { Postgres } from '../support/postgres.ts';
import { sharedPostgres } from '../support/shared-postgres.ts';
import { type ShopBench, startShopBench } from '../support/shop-bench.ts';

let postgres: Postgres;
let bench: ShopBench;
let api: NodeProcess;
beforeAll(async () => {
  postgres = await sharedPostgres(serversOf(1));
  bench = await startShopBench(postgres);
  api = await bench.startApi(patientShop);
});
afterAll(async () => {
  await bench.stop();
  await postgres.stop();
});

const good = { 'content-type': 'application/json', 'x-customer': 'c-1', 'idempotency-key': 'k1' };
const goodBody = { lines: [{ sku: 'SKU-0001', quantity: 1 }], card: { token: 'tok_ok' } };
const someOrder = '00000000-0000-4000-8000-000000000000';

/** A refusal of the caller's own making, in the one shape that all errors have. */
async function expectProblem(response: Response): Promise<{ code: string; status: number }> {
  const text = await response.text();
  expect(response.status, text).toBeGreaterThanOrEqual(400);
  expect(response.status, text).toBeLessThan(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = JSON.parse(text);
  expect(problem).toMatchObject({
    status: response.status,
    title: expect.any(String),
    code: expect.any(String),
  });
  expect(problem.type).toBe(`urn:shop:problem:${problem.code}`);
  return problem;
}

async function expectNothingWritten(): Promise<void> {
  const { orders, keys, events, payments, stock } = await bench.audit();
  expect({ orders, keys, events, payments }).toEqual({ orders: [], keys: [], events: [], payments: [] });
  expect(stock.filter((entry) => entry.available !== entry.seeded || entry.held !== 0)).toEqual([]);
}

function order(body: string, headers: Record<string, string> = good): Promise<Response> {
  return fetch(`${api.url}/orders`, { method: 'POST', headers, body });
}

describe('a malformed request is refused and writes nothing', () => {
  const { 'x-customer': _customer, ...noCustomer } = good;
  const { 'idempotency-key': _key, ...noKey } = good;
  const json = JSON.stringify(goodBody);
  it.each<readonly [string, string, () => Promise<Response>]>([
    ['broken JSON', 'malformed-json', () => order('{"lines":')],
    ['no body', 'invalid-request', () => order('')],
    ['a bare value', 'malformed-json', () => order('7')],
    ['an array', 'invalid-request', () => order('[]')],
    ['an unknown field', 'invalid-request', () => order(JSON.stringify({ ...goodBody, admin: true }))],
    [
      'prices of its own',
      'invalid-request',
      () => order(json.replace('"quantity":1', '"quantity":1,"unitCents":1')),
    ],
    ['a NUL byte', 'invalid-request', () => order(json.replace('SKU-0001', 'SKU-\\u00001'))],
    ['a huge number', 'invalid-request', () => order(json.replace(':1}', ':1e308}'))],
    ['a fraction', 'invalid-request', () => order(json.replace(':1}', ':0.5}'))],
    ['a negative quantity', 'invalid-request', () => order(json.replace(':1}', ':-1}'))],
    [
      'the same sku twice',
      'invalid-request',
      () => order(json.replace('[{', '[{"sku":"SKU-0001","quantity":2},{')),
    ],
    ['a card number', 'invalid-request', () => order(json.replace('tok_ok', '4111111111111111'))],
    ['a product that is not there', 'unknown-product', () => order(json.replace('SKU-0001', 'SKU-9999'))],
    [
      'a cart that is not there',
      'cart-not-found',
      () => order('{"cartId":"none","card":{"token":"tok_ok"}}'),
    ],
    ['100 kB', 'body-too-large', () => order(JSON.stringify({ ...goodBody, padding: 'x'.repeat(100_000) }))],
    ['no customer', 'customer-missing', () => order(json, noCustomer)],
    ['a bad customer', 'invalid-request', () => order(json, { ...good, 'x-customer': 'root' })],
    ['no key', 'idempotency-key-missing', () => order(json, noKey)],
    ['a key with spaces', 'invalid-request', () => order(json, { ...good, 'idempotency-key': 'a b' })],
    ['a key too long', 'invalid-request', () => order(json, { ...good, 'idempotency-key': 'k'.repeat(129) })],
    [
      'a form',
      'unsupported-media-type',
      () => order('a=b', { ...good, 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      'an unknown charset',
      'unsupported-media-type',
      () => order(json, { ...good, 'content-type': 'application/json; charset=klingon' }),
    ],
    [
      'an unknown encoding',
      'unsupported-media-type',
      () => order(json, { ...good, 'content-encoding': 'klingon' }),
    ],
    ['bad percent-encoding', 'invalid-request', () => fetch(`${api.url}/products/%E0%A4%A`)],
    ['a NUL in the path', 'invalid-request', () => fetch(`${api.url}/products/%00`)],
    ['a NUL in the search', 'invalid-request', () => fetch(`${api.url}/products?q=%00`)],
    ['a parameter twice', 'invalid-request', () => fetch(`${api.url}/products?limit=1&limit=2`)],
    ['an unknown parameter', 'invalid-request', () => fetch(`${api.url}/products?limits=1`)],
    ['a limit too high', 'invalid-request', () => fetch(`${api.url}/products?limit=101`)],
    ['an order that is no id', 'invalid-request', () => fetch(`${api.url}/orders/7`, { headers: good })],
    [
      'an unknown order',
      'order-not-found',
      () => fetch(`${api.url}/orders/${someOrder}/cancel`, { method: 'POST', headers: good }),
    ],
    ['an unknown product', 'product-not-found', () => fetch(`${api.url}/products/SKU-9999`)],
    ['an unknown route', 'no-such-route', () => fetch(`${api.url}/admin`)],
    ['a wrong method', 'method-not-allowed', () => fetch(`${api.url}/orders`, { method: 'DELETE' })],
    ['a prototype', 'invalid-request', () => order(json.replace('{', '{"__proto__":{"a":1},'))],
  ])('%s: %s', async (_name, code, send) => {
    expect((await expectProblem(await send())).code).toBe(code);
    await expectNothingWritten();
  });

  it('says which field is wrong', async () => {
    const response = await order(JSON.stringify({ ...goodBody, lines: [{ sku: 'x', quantity: 1 }] }));
    const problem = (await response.json()) as { errors: readonly { path: string }[] };
    expect(JSON.stringify(problem.errors)).not.toContain('tok_ok');
    expect(problem.errors.length).toBeGreaterThan(0);
  });
});

it('answers a condition on a version that no answer has with the whole answer', async () => {
  const response = await fetch(`${api.url}/products/SKU-0001`, { headers: { 'if-none-match': '*' } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ sku: 'SKU-0001' });
});

describe('what is not HTTP', () => {
  it.each([
    ['noise', 'bad-http', '\u0000\u0001\u0002\r\n\r\n'],
    ['a header with a NUL', 'bad-http', 'GET /products HTTP/1.1\r\nHost: a\r\nX-A: \u0000\r\n\r\n'],
    [
      '100 kB of headers',
      'headers-too-large',
      `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(100_000)}\r\n\r\n`,
    ],
    ['a bad length', 'bad-http', 'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  ])('%s is answered with a problem', async (_name, code, bytes) => {
    const answer = await rawRequest(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain(`"code":"${code}"`);
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  });
});

function rawRequest(bytes: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let answer = '';
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(bytes));
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  socket.on('close', () => resolve(answer));
  return promise;
}

describe('whatever is sent', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('SKU-0001', 'tok_', 'main', '\u0000', 'c-1'),
  );
  const value = fc.oneof(
    fc.jsonValue(),
    text,
    fc.double(),
    fc.integer(),
    fc.constantFrom(2 ** 53, -1, 0, 1e300, null),
  );
  const line = fc.record({ sku: value, quantity: value }, { requiredKeys: [] });
  const body = fc.oneof(
    value,
    fc.record(
      {
        lines: fc.oneof(value, fc.array(line)),
        cartId: value,
        card: fc.oneof(value, fc.record({ token: value })),
      },
      { requiredKeys: [] },
    ),
  );
  const segment = fc.oneof(
    text,
    fc.constantFrom('orders', 'products', 'carts', 'cancel', 'items', '..', '%00', '%E0'),
  );
  const path = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => `/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`);

  it('a body that no schema takes is a 4xx, and nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        await expectProblem(await order(JSON.stringify(sent)));
      }),
      { numRuns: 300 },
    );
    await expectNothingWritten();
  });

  it('a path, query and method of any kind is never a 5xx', async () => {
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');
    await fc.assert(
      fc.asyncProperty(path, text, method, async (where, query, how) => {
        const url = `${api.url}${where}?q=${encodeURIComponent(query.toWellFormed())}`;
        const response = await fetch(url, { method: how, headers: { 'x-customer': 'c-1' } });
        await response.arrayBuffer();
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    await expectNothingWritten();
  });
});

it('never saw an error of its own in all this', () => {
  expect(api.output()).not.toContain('"level":50');
});
