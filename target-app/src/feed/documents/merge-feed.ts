import type { z } from 'zod';
import { pageOf } from '../../http/page.ts';
import { cursorOf, type FeedPlace } from '../feed-place.ts';
import type { feedSchema } from '../feed-schemas.ts';
import { type FeedParts, inCarts } from './feed-documents.ts';

type Feed = z.output<typeof feedSchema>;
type Item = Feed['items'][number];

interface PlacedItem {
  readonly micros: number;
  readonly item: Item;
}

/** Pure: one page of the feed, as the database's own statement makes it (`read-feed.ts`). */
export function mergeFeed(parts: FeedParts, start: FeedPlace, limit: number): Feed {
  const startMicros = Number(start.micros);
  const behind = ({ micros, item }: PlacedItem) =>
    micros < startMicros || (micros === startMicros && item.id < start.id);
  const items = itemsOf(parts).filter(behind).toSorted(newestFirst);
  const { page, last } = pageOf(items, limit);
  return {
    items: page.map(({ item }) => item),
    ...(last === undefined ? {} : { next: cursorOf({ micros: String(last.micros), id: last.item.id }) }),
  };
}

function itemsOf({ customer, reviews, products }: FeedParts): readonly PlacedItem[] {
  const since = inCarts(customer);
  return [
    ...(customer?.orders.flatMap(({ id: orderId, steps }) =>
      steps.map(({ sequence, at, status }) =>
        placed(at, `order.${orderId}.${sequence}`, { kind: 'order', orderId, status } as Kind<'order'>),
      ),
    ) ?? []),
    ...reviews.map(({ _id, at, sku, rating, title }) =>
      placed(at, `review.${_id}`, { kind: 'review', sku, rating, title }),
    ),
    ...products.flatMap(({ _id: sku, backAt, available }) => {
      const waited = since.get(sku);
      const isNews = available && backAt !== null && waited !== undefined && backAt > waited;
      return isNews ? [placed(backAt, `stock.${sku}`, { kind: 'back-in-stock', sku })] : [];
    }),
  ];
}

type Without<T> = T extends unknown ? Omit<T, 'id' | 'at'> : never;
type Kind<K extends Item['kind']> = Without<Extract<Item, { readonly kind: K }>>;

function placed(micros: number, id: string, body: Without<Item>): PlacedItem {
  const at = new Date(Math.floor(micros / 1000)).toISOString();
  return { micros, item: { id, at, ...body } as Item };
}

/** By ids as bytes, as the database compares them; all of them are ASCII. */
function newestFirst(a: PlacedItem, b: PlacedItem): number {
  if (a.micros !== b.micros) return b.micros - a.micros;
  return a.item.id < b.item.id ? 1 : -1;
}
