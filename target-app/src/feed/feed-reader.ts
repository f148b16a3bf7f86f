import type { z } from 'zod';
import { DatabaseUnavailable } from '../data/database-errors.ts';
import type { Deadline } from '../data/deadline.ts';
import type { ReadResult, ReadRouter } from '../data/reads/read-router.ts';
import type { DocumentStore } from './documents/document-store.ts';
import { readDocuments } from './documents/read-documents.ts';
import type { feedQuerySchema, feedSchema } from './feed-schemas.ts';
import { readFeed } from './read-feed.ts';

/** Reads one page of a customer's feed, from wherever it is kept. */
export type FeedReader = (
  customer: string,
  query: z.output<typeof feedQuerySchema>,
  deadline: Deadline,
) => Promise<ReadResult<z.output<typeof feedSchema>>>;

export function sqlFeed(reads: ReadRouter): FeedReader {
  return (customer, query, deadline) =>
    reads.read('feed', deadline, (queries) => readFeed(queries, customer, query));
}

/** From documents; while they do not answer, or nothing was copied there yet, as without them. */
export function documentFeed(store: DocumentStore, otherwise: FeedReader): FeedReader {
  let copied = false;
  return async (customer, query, deadline) => {
    try {
      copied ||= await store.ask(async () => (await store.copies.findOne({ _id: 'copy' })) !== null);
      if (!copied) return await otherwise(customer, query, deadline);
      const value = await readDocuments(store, customer, query);
      return { value, headers: { 'X-Read-From': 'documents' } };
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      return otherwise(customer, query, deadline);
    }
  };
}
