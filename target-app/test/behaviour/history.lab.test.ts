import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { patientClient } from '../support/patient-client.ts';

const suite = benchSuite();

it('tells what became of each order: lines, returns, refunds and own ratings, newest first', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const lines = [
    { sku: 'SKU-0002', quantity: 3 },
    { sku: 'SKU-0001', quantity: 1 },
  ];
  const first = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
  const second = (await shop.buy({ customer: 'c-1', key: 'k2', lines: lines.slice(0, 1) })).body;
  await shop.buy({ customer: 'c-2', key: 'k1', lines });
  const opinion = { rating: 5, title: 'Good', text: 'Very.' };
  await shop.review('c-1', 'r1', 'SKU-0002', opinion);
  await shop.review('c-2', 'r1', 'SKU-0001', opinion);
  const one = await shop.bringBack('c-1', 'b1', first.orderId, [{ sku: 'SKU-0002', quantity: 1 }]);
  const two = await shop.bringBack('c-1', 'b2', first.orderId, [{ sku: 'SKU-0002', quantity: 1 }]);
  await shop.cancel('c-1', 'x1', second.orderId);
  const names = (await shop.get('/products')).body.products as readonly { sku: string; name: string }[];
  const nameOf = (sku: string) => names.find((product) => product.sku === sku)?.name;
  await eventually(async () => {
    const { status, body } = await shop.get('/orders/history');
    expect(status).toBe(200);
    expect(body).toEqual({
      orders: [
        {
          orderId: second.orderId,
          status: 'refunded',
          placedAt: expect.any(String),
          totalCents: second.totalCents,
          refundedCents: second.totalCents,
          lines: [{ ...second.lines[0], name: nameOf('SKU-0002'), returned: 0, rating: 5 }],
        },
        {
          orderId: first.orderId,
          status: 'part_returned',
          placedAt: expect.any(String),
          totalCents: first.totalCents,
          refundedCents: one.body.refundedCents + two.body.refundedCents,
          lines: [
            { ...first.lines[0], name: nameOf('SKU-0001'), returned: 0, rating: null },
            { ...first.lines[1], name: nameOf('SKU-0002'), returned: 2, rating: 5 },
          ],
        },
      ],
    });
  }, 'the history to be whole');
});

it('shows each order once, page by page, and to nobody else', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const lines = [{ sku: 'SKU-0001', quantity: 1 }];
  const bought: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    bought.unshift((await shop.buy({ customer: 'c-1', key: `k${index}`, lines })).body.orderId);
  }
  await eventually(async () => {
    const seen: string[] = [];
    for (let before = ''; ; ) {
      const { body } = await shop.get(`/orders/history?limit=2${before}`);
      seen.push(...body.orders.map((order: { orderId: string }) => order.orderId));
      if (body.next === undefined) break;
      before = `&before=${body.next}`;
    }
    expect(seen).toEqual(bought);
  }, 'all orders to be seen');
  expect((await shop.get('/orders/history', 'c-2')).body).toEqual({ orders: [] });
  for (const wrong of ['limit=51', 'limit=0', 'before=7', 'before=%00', 'after=1', 'limit=1&limit=2']) {
    expect((await shop.get(`/orders/history?${wrong}`)).status, wrong).toBe(400);
  }
});
