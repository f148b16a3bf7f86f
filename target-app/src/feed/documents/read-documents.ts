import type { Filter } from 'mongodb';
import type { z } from 'zod';
import { type FeedPlace, placeOf } from '../feed-place.ts';
import type { feedQuerySchema, feedSchema } from '../feed-schemas.ts';
import type { DocumentStore } from './document-store.ts';
import { boughtBy, inCarts, type ReviewDocument } from './feed-documents.ts';
import { mergeFeed } from './merge-feed.ts';

/** One page of a customer's feed from documents. @throws {DatabaseUnavailable} */
export function readDocuments(
  store: DocumentStore,
  customer: string,
  query: z.output<typeof feedQuerySchema>,
): Promise<z.output<typeof feedSchema>> {
  const start = placeOf(query.before);
  return store.ask(async () => {
    const found = (await store.customers.findOne({ _id: customer })) ?? undefined;
    const bought = boughtBy(found);
    const carted = [...inCarts(found).keys()];
    const [reviews, products] = await Promise.all([
      bought.length === 0
        ? []
        : store.reviews
            .find({ sku: { $in: bought }, customer: { $ne: customer }, ...behind(start) })
            .sort({ at: -1, _id: -1 })
            .limit(query.limit + 1)
            .toArray(),
      carted.length === 0 ? [] : store.products.find({ _id: { $in: carted } }).toArray(),
    ]);
    return mergeFeed({ customer: found, reviews, products }, start, query.limit);
  });
}

/** Reviews behind a place: of those of its very moment only the ones with a smaller id. */
function behind({ micros, id }: FeedPlace): Filter<ReviewDocument> {
  const at = Number(micros);
  const prefix = 'review.';
  if (id.startsWith(prefix)) {
    return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: id.slice(prefix.length) } }] };
  }
  return { at: prefix < id ? { $lte: at } : { $lt: at } };
}
