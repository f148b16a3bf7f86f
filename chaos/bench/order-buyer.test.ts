import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OrderBuyer } from './order-buyer.ts';

let server: Server;
let url: string;
let asked: { readonly path: string | undefined; readonly key: unknown; readonly body: string }[];
/** What the shop answers, one after the other; the last word stands. */
let answers: (readonly [number, string])[];

beforeEach(async () => {
  asked = [];
  server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      asked.push({ path: incoming.url, key: incoming.headers['idempotency-key'], body });
      const [status, text] = answers.length > 1 ? answers.shift()! : answers[0]!;
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it('knows the orders that were acknowledged, and no others', async () => {
  answers = [
    [201, '{"orderId":"o-1"}'],
    [503, '{"orderId":"o-2"}'],
    [201, 'torn'],
    [202, '{"orderId":"o-3"}'],
    [402, '{"code":"declined"}'],
  ];
  const buyer = new OrderBuyer(url);
  buyer.start();
  await expect.poll(() => asked.length, { timeout: 9000 }).toBeGreaterThan(4);
  await buyer.stop();
  expect(buyer.acknowledged.toSorted()).toEqual(['o-1', 'o-3']);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
  expect(asked[0]).toMatchObject({ path: '/orders', body: expect.stringContaining('"card"') });
});
