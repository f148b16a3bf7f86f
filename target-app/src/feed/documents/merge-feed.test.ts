import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOf } from '../feed-place.ts';
import { feedSchema } from '../feed-schemas.ts';
import type { CustomerDocument, FeedParts } from './feed-documents.ts';
import { mergeFeed } from './merge-feed.ts';

const moment = fc.integer({ min: 1_000_000, max: 1_000_004 });
const sku = fc.integer({ min: 1, max: 5 }).map((n) => `SKU-000${n}`);
const skus = fc.uniqueArray(sku, { maxLength: 3 });
const id = fc.uuid({ version: 7 });

/** Few moments, so that many items are of the same one. */
const parts = fc.record<FeedParts>({
  customer: fc.record<CustomerDocument>({
    _id: fc.constant('c-1'),
    orders: fc.uniqueArray(
      fc.record({
        id,
        paid: fc.boolean(),
        skus,
        steps: fc
          .array(moment, { minLength: 1, maxLength: 3 })
          .map((moments) => moments.map((at, index) => ({ sequence: index + 1, at, status: 'paid' }))),
      }),
      { maxLength: 5, selector: (order) => order.id },
    ),
    carts: fc.array(fc.record({ at: moment, skus }), { maxLength: 3 }),
  }),
  reviews: fc.uniqueArray(
    fc.record({
      _id: id,
      sku,
      customer: fc.constant('c-2'),
      at: moment,
      rating: fc.constant(4),
      title: fc.constant('Fine'),
    }),
    { maxLength: 6, selector: (review) => review._id },
  ),
  products: fc.uniqueArray(fc.record({ _id: sku, backAt: fc.option(moment), available: fc.boolean() }), {
    selector: (product) => product._id,
  }),
});

it('gives each item once, page by page, whatever the size of a page', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 7 }), (given, limit) => {
      const whole = mergeFeed(given, placeOf(undefined), 1000);
      expect(feedSchema.parse(whole)).toEqual(whole);
      expect(whole.next).toBeUndefined();
      const paged = [];
      for (let before: string | undefined; ; ) {
        const page = mergeFeed(given, placeOf(before), limit);
        paged.push(...page.items);
        if (page.next === undefined) break;
        before = page.next;
      }
      expect(paged).toEqual(whole.items);
      expect(new Set(paged.map((item) => item.id)).size).toBe(paged.length);
    }),
  );
});

it('tells that something is to be had again only to who waited for it since before', () => {
  const customer = {
    _id: 'c-1',
    orders: [],
    carts: [{ at: 50, skus: ['SKU-0001', 'SKU-0002', 'SKU-0003'] }],
  };
  const products = [
    { _id: 'SKU-0001', backAt: 51, available: true },
    { _id: 'SKU-0002', backAt: 51, available: false },
    { _id: 'SKU-0003', backAt: 50, available: true },
    { _id: 'SKU-0004', backAt: 51, available: true },
  ];
  const { items } = mergeFeed({ customer, reviews: [], products }, placeOf(undefined), 10);
  expect(items).toEqual([
    { kind: 'back-in-stock', id: 'stock.SKU-0001', at: '1970-01-01T00:00:00.000Z', sku: 'SKU-0001' },
  ]);
});
