import { describe, expect, it } from 'vitest';
import { benchLevels } from '../support/bench-levels.ts';
import { benchSuite } from '../support/bench-suite.ts';
import { settledBooks } from '../support/books.ts';
import { eventually } from '../support/eventually.ts';
import { patientClient } from '../support/patient-client.ts';

/** What customers look at may be behind for a moment, but it comes right. */
describe.each(benchLevels)('at level %i', (level) => {
  const suite = benchSuite(level);

  it('history, invoice, feed and reviews all come to tell of an order what became of it', async () => {
    const shop = patientClient((await suite.bench.startShop()).url);
    const lines = [{ sku: 'SKU-0001', quantity: 2 }];
    const { orderId, totalCents } = (await shop.buy({ customer: 'c-1', key: 'k1', lines })).body;
    await shop.buy({ customer: 'c-2', key: 'k1', lines });
    const opinion = { rating: 3, title: 'As told', text: 'No more, no less.' };
    expect((await shop.review('c-2', 'k2', 'SKU-0001', opinion)).status).toBe(201);
    const back = await shop.bringBack('c-1', 'k2', orderId, [{ sku: 'SKU-0001', quantity: 1 }]);
    expect(back.status).toBe(201);
    const { refundedCents } = back.body;

    await eventually(async () => {
      const history = (await shop.get('/orders/history')).body;
      expect(history.orders).toMatchObject([
        { orderId, status: 'part_returned', refundedCents, lines: [{ quantity: 2, returned: 1 }] },
      ]);
      const invoice = (await shop.get(`/orders/${orderId}/invoice`)).body;
      expect(invoice).toMatchObject({ totalCents, balanceCents: totalCents - refundedCents });
      const reviews = (await shop.get('/products/SKU-0001/reviews')).body;
      expect(reviews).toMatchObject({ count: 1, average: 3 });
      const { items } = (await shop.get('/feed')).body;
      expect(items.map((item: { kind: string; status?: string }) => item.status ?? item.kind)).toEqual([
        'part_returned',
        'review',
        'paid',
        'held',
      ]);
    }, 'what customers see to be what was done');
    await settledBooks(suite.bench);
  });
});
