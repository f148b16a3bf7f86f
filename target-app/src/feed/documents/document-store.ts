import {
  type Collection,
  type Filter,
  MongoBulkWriteError,
  MongoClient,
  MongoError,
  type OptionalUnlessRequiredId,
} from 'mongodb';
import { DatabaseUnavailable } from '../../data/database-errors.ts';
import type { CopyDocument, CustomerDocument, ProductDocument, ReviewDocument } from './feed-documents.ts';

/** A document database that speaks MongoDB's wire protocol. */
export interface DocumentStore {
  readonly customers: Collection<CustomerDocument>;
  readonly reviews: Collection<ReviewDocument>;
  readonly products: Collection<ProductDocument>;
  readonly copies: Collection<CopyDocument>;
  /** @throws {DatabaseUnavailable} where the store does not answer in time. */
  ask<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DocumentStoreOptions {
  /** `mongodb://…/<database>`. */
  readonly url: string;
  readonly size: number;
  /** Of one operation, milliseconds. */
  readonly deadlineMs: number;
}

/** Connects when it is first asked. */
export function openDocumentStore({ url, size, deadlineMs }: DocumentStoreOptions): DocumentStore {
  const client = new MongoClient(url, {
    directConnection: true,
    maxPoolSize: size,
    serverSelectionTimeoutMS: deadlineMs,
    connectTimeoutMS: deadlineMs,
    socketTimeoutMS: deadlineMs,
    waitQueueTimeoutMS: deadlineMs,
    // A retry of its own would take the time of the caller's.
    retryReads: false,
    retryWrites: false,
  });
  const database = client.db();
  return {
    customers: database.collection('feed_customer'),
    reviews: database.collection('feed_review'),
    products: database.collection('feed_product'),
    copies: database.collection('feed_copy'),
    ask: async (work) => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof MongoError ? new DatabaseUnavailable('connection', error) : error;
      }
    },
    close: () => client.close(),
  };
}

/** A store may look through all that it has for each document that is replaced: so many are one operation, with one deadline. */
const replacedAtOnce = 50;

/** Puts each document in the place of the one with its id, or beside the others. */
export async function putDocuments<D extends { readonly _id: string }>(
  collection: Collection<D>,
  documents: readonly D[],
): Promise<void> {
  for (let start = 0; start < documents.length; start += replacedAtOnce) {
    await collection.bulkWrite(
      documents.slice(start, start + replacedAtOnce).map((replacement) => ({
        replaceOne: { filter: { _id: replacement._id } as Filter<D>, replacement, upsert: true },
      })),
      { ordered: false },
    );
  }
}

const duplicateKey = 11_000;

/** {@link putDocuments} for those of which hardly one is there yet: nothing is looked for before it is added. */
export async function addDocuments<D extends { readonly _id: string }>(
  collection: Collection<D>,
  documents: readonly D[],
): Promise<void> {
  if (documents.length === 0) return;
  try {
    await collection.insertMany(documents as readonly OptionalUnlessRequiredId<D>[], { ordered: false });
  } catch (error) {
    const refused = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
    if (refused.length === 0 || refused.some(({ code }) => code !== duplicateKey)) throw error;
    await putDocuments(
      collection,
      refused.flatMap(({ index }) => documents[index] ?? []),
    );
  }
}
