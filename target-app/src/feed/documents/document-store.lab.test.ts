import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ferretdb, startFerretdb } from '../../../test/support/ferretdb.ts';
import { addDocuments, type DocumentStore, openDocumentStore, putDocuments } from './document-store.ts';

let folder: string;
let ferretdb: Ferretdb;
let store: DocumentStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-documents-'));
  ferretdb = await startFerretdb(folder);
  store = openDocumentStore({ url: ferretdb.url('feeds'), size: 2, deadlineMs: 20_000 });
});
afterAll(async () => {
  await store.close();
  await ferretdb.kill();
  await rm(folder, { recursive: true });
});

const products = (from: number, to: number, available: boolean) =>
  Array.from({ length: to - from }, (_, index) => ({ _id: `sku-${from + index}`, backAt: null, available }));

const countOf = async (available: boolean) => (await store.products.find({ available }).toArray()).length;

it('adds documents, and puts them in the place of those that a copy before left', async () => {
  await addDocuments(store.products, []);
  await addDocuments(store.products, products(0, 120, false));
  expect(await countOf(false)).toBe(120);
  // Begun anew: most of them are there, and all are as they are now.
  await addDocuments(store.products, products(0, 150, true));
  expect([await countOf(false), await countOf(true)]).toEqual([0, 150]);
});

it('puts more than one operation takes, known or not', async () => {
  await putDocuments(store.products, products(100, 260, false));
  expect([await countOf(false), await countOf(true)]).toEqual([160, 100]);
});
