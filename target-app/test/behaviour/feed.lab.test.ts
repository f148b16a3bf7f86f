import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchSuite } from '../support/bench-suite.ts';
import { eventually } from '../support/eventually.ts';
import { type Ferretdb, startFerretdb } from '../support/ferretdb.ts';
import { patientClient } from '../support/patient-client.ts';

const suite = benchSuite();
const scarce = 'SKU-0200';
const opinion = { rating: 2, title: 'It leaks', text: 'A little.' };

let folder: string;
let ferretdb: Ferretdb;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-feed-'));
  ferretdb = await startFerretdb(folder);
});
afterAll(async () => {
  await ferretdb.kill();
  await rm(folder, { recursive: true, force: true });
});

interface Item {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
}

const asDocuments = () => ({ SHOP_FEED_URL: ferretdb.url(`feed_${randomUUID().slice(0, 8)}`) });

describe.each([
  ['in the database', () => ({}), null],
  ['as documents', asDocuments, 'documents'],
] as const)('a feed that is kept %s', (_where, envOf, readFrom) => {
  const start = async () => {
    const { url } = await suite.bench.startShop(envOf());
    const shop = patientClient(url);
    await eventually(async () => {
      expect((await shop.get('/feed')).headers.get('x-read-from')).toBe(readFrom);
    }, 'the feed to be read from there');
    return shop;
  };

  it("tells of own orders, of others' reviews of what one bought, and of what is to be had again", async () => {
    const shop = await start();
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
    const shop = await start();
    const nowhere = '9999999999999999.stock.SKU-0001';
    expect((await shop.get(`/feed?before=${nowhere}`)).status).toBe(200);
    expect((await shop.get('/feed?before=0000000000000000.stock.SKU-0001')).status).toBe(200);
    for (const wrong of ['x', '1.stock.SKU-1', '99999999999999999.stock.SKU-0001', '1.order.7.1', '%00']) {
      expect((await shop.get(`/feed?before=${wrong}`)).status, wrong).toBe(400);
    }
  });
});

it('is read from the database while its documents do not answer', async () => {
  const { url } = await suite.bench.startShop(asDocuments());
  const shop = patientClient(url);
  const { orderId } = (
    await shop.buy({ customer: 'c-1', key: 'k1', lines: [{ sku: 'SKU-0001', quantity: 1 }] })
  ).body;
  const orders = [
    { kind: 'order', orderId, status: 'paid' },
    { kind: 'order', orderId, status: 'held' },
  ];
  await eventually(async () => {
    const answer = await shop.get('/feed');
    expect(answer.headers.get('x-read-from')).toBe('documents');
    expect(answer.body.items).toMatchObject(orders);
  }, 'the documents to have it');
  ferretdb.signal('SIGSTOP');
  try {
    // A signal is sent, and not yet obeyed: an answer may still be on its way.
    await eventually(async () => {
      const answer = await shop.get('/feed');
      expect(answer).toMatchObject({ status: 200, body: { items: orders } });
      expect(answer.headers.get('x-read-from')).toBeNull();
    }, 'the database to be read');
  } finally {
    ferretdb.signal('SIGCONT');
  }
});
