import { expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { patientClient } from '../support/patient-client.ts';

const suite = benchSuite();
const scarce = 'SKU-0200';
const opinion = { rating: 2, title: 'It leaks', text: 'A little.' };

interface Item {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
}

it("tells of own orders, of others' reviews of what one bought, and of what is to be had again", async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  expect((await shop.get('/feed')).body).toEqual({ items: [] });
  const lines = [{ sku: 'SKU-0001', quantity: 1 }];
  const { orderId } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
  await shop.buy({ customer: 'c-2', key: 'k1', lines });
  await shop.review('c-2', 'k2', 'SKU-0001', opinion);
  await shop.review('c-1', 'k2', 'SKU-0001', { ...opinion, title: 'my own' });
  await shop.putCart('c-1', 'main', { lines: [{ sku: scarce, quantity: 1 }] });
  const all = (await shop.buy({ customer: 'c-2', key: 'k3', lines: [{ sku: scarce, quantity: 50 }] })).body;
  await shop.cancel('c-2', 'k4', all.orderId);

  const items = await eventually(async () => {
    const { body } = await shop.get('/feed');
    expect(body.items).toMatchObject([
      { kind: 'back-in-stock', sku: scarce },
      { kind: 'review', sku: 'SKU-0001', rating: 2, title: 'It leaks' },
      { kind: 'order', orderId, status: 'paid' },
      { kind: 'order', orderId, status: 'held' },
    ]);
    expect(body.next).toBeUndefined();
    return body.items as readonly Item[];
  }, 'the feed to be whole');

  const times = items.map((item) => item.at);
  expect(times).toEqual(times.toSorted().toReversed());
  await eventually(async () => {
    const paged: Item[] = [];
    for (let before = ''; ; ) {
      const { body } = await shop.get(`/feed?limit=1${before}`);
      paged.push(...body.items);
      if (body.next === undefined) break;
      before = `&before=${encodeURIComponent(body.next)}`;
    }
    expect(paged).toEqual(items);
  }, 'the pages to be the same everywhere');
  for (const item of (await shop.get('/feed', 'c-2')).body.items) expect(item.orderId).not.toBe(orderId);
});

it('takes only places that it gave out', async () => {
  const shop = patientClient((await suite.bench.startShop()).url);
  const nowhere = '9999999999999999.stock.SKU-0001';
  expect((await shop.get(`/feed?before=${nowhere}`)).status).toBe(200);
  expect((await shop.get('/feed?before=0000000000000000.stock.SKU-0001')).status).toBe(200);
  for (const wrong of ['x', '1.stock.SKU-1', '99999999999999999.stock.SKU-0001', '1.order.7.1', '%00']) {
    expect((await shop.get(`/feed?before=${wrong}`)).status, wrong).toBe(400);
  }
});
