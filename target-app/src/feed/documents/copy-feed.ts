import type { Database, Queries } from '../../data/database.ts';
import { Deadline } from '../../data/deadline.ts';
import { uuidAt } from '../../data/partitions/uuid-at.ts';
import { orderStates } from '../../order/states.ts';
import type { Worker } from '../../workers/worker.ts';
import { latestCarts, latestOrders } from '../read-feed.ts';
import { addDocuments, type DocumentStore, putDocuments } from './document-store.ts';
import type { CopyDocument, CustomerDocument, ProductDocument, ReviewDocument } from './feed-documents.ts';

export interface FeedCopierOptions {
  readonly database: Database;
  readonly store: DocumentStore;
  readonly everyMs: number;
  /** Of one statement, milliseconds. */
  readonly deadlineMs: number;
}

/** Longer than any transaction lasts, so that none commits unseen behind what was looked at. */
const overlapMs = 10_000;
const batchSize = 500;

const micros = (column: string) => `(extract(epoch FROM ${column}) * 1000000)::bigint`;

/** Who has something new since $1, and a mark that changes when there is more of it. */
const changedSql = `
  SELECT customer, max(at)::text || '/' || count(*) AS mark FROM (
    SELECT o.customer, step.at FROM order_transition step JOIN customer_order o ON o.id = step.order_id
     WHERE step.at > $1
    UNION ALL
    SELECT customer, updated_at FROM cart WHERE updated_at > $1
  ) change GROUP BY customer`;

/** The customers behind $1, the first $2 of them. */
const everybodySql = `
  SELECT customer FROM (
    (SELECT DISTINCT customer FROM customer_order WHERE customer > $1 ORDER BY customer LIMIT $2)
    UNION
    (SELECT DISTINCT customer FROM cart WHERE customer > $1 ORDER BY customer LIMIT $2)
  ) everybody ORDER BY customer LIMIT $2`;

const customersSql = `
  SELECT asked.customer AS _id,
         coalesce((
           SELECT json_agg(json_build_object(
                    'id', o.id, 'paid', o.status = ANY ($2),
                    'skus', (SELECT json_agg(sku) FROM order_line WHERE order_id = o.id),
                    'steps', (SELECT json_agg(json_build_object('sequence', sequence, 'at', ${micros('at')}, 'status', to_status))
                                FROM order_transition WHERE order_id = o.id)))
             FROM (SELECT id, status FROM customer_order WHERE customer = asked.customer
                    ORDER BY id DESC LIMIT ${latestOrders}) o), '[]') AS orders,
         coalesce((
           SELECT json_agg(json_build_object('at', ${micros('updated_at')},
                    'skus', (SELECT coalesce(json_agg(line.sku), '[]') FROM json_to_recordset(lines) AS line (sku text))))
             FROM (SELECT lines, updated_at FROM cart WHERE customer = asked.customer
                    ORDER BY updated_at DESC LIMIT ${latestCarts}) latest), '[]') AS carts
    FROM unnest($1::text[]) AS asked (customer)`;

const reviewsSql = `
  SELECT id AS _id, sku, customer, ${micros('created_at')}::float8 AS at, rating, title
    FROM review WHERE id > $1 ORDER BY id LIMIT $2`;

const productsSql = `
  SELECT sku AS _id, ${micros('back_in_stock_at')}::float8 AS "backAt", available > 0 AS available FROM stock`;

/** Copies what feeds are made of from the database to the documents: again and again what is new, and nothing twice at once. */
export function feedCopier({ database, store, everyMs, deadlineMs }: FeedCopierOptions): Worker {
  const marks = new Map<string, string>();
  const products = new Map<string, string>();
  let indexed = false;
  const read = <T extends Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []) =>
    database.read(Deadline.in(deadlineMs), (queries: Queries) => queries.rows<T>(sql, parameters));

  async function copyEverybody(): Promise<void> {
    for (let after = ''; ; ) {
      const batch = await read<{ customer: string }>(everybodySql, [after, batchSize]);
      await copyThese(batch, addDocuments);
      const last = batch.at(-1);
      if (batch.length < batchSize || last === undefined) return;
      after = last.customer;
    }
  }

  async function copyThese(changed: readonly { customer: string }[], keep = putDocuments): Promise<void> {
    const customers = changed.map(({ customer }) => customer);
    const rows = await read<CustomerDocument & Record<string, unknown>>(customersSql, [
      customers,
      orderStates.paid,
    ]);
    await keep(store.customers, rows);
  }

  async function copyCustomers(since: Date | null): Promise<void> {
    if (since === null) return copyEverybody();
    const changed = await read<{ customer: string; mark: string }>(changedSql, [since]);
    const due = changed.filter(({ customer, mark }) => marks.get(customer) !== mark);
    for (let start = 0; start < due.length; start += batchSize) {
      const batch = due.slice(start, start + batchSize);
      await copyThese(batch);
      for (const { customer, mark } of batch) marks.set(customer, mark);
    }
    const kept = new Set(changed.map(({ customer }) => customer));
    for (const customer of marks.keys()) if (!kept.has(customer)) marks.delete(customer);
  }

  async function copyReviews(since: Date | null): Promise<void> {
    // Afterwards most of a batch is what the overlap shows again.
    const keep = since === null ? addDocuments : putDocuments;
    for (let after = uuidAt(since?.getTime() ?? 0); ; ) {
      const batch = await read<ReviewDocument & Record<string, unknown>>(reviewsSql, [after, batchSize]);
      await keep(store.reviews, batch);
      const last = batch.at(-1);
      if (batch.length < batchSize || last === undefined) return;
      after = last._id;
    }
  }

  async function copyProducts(): Promise<void> {
    const rows = await read<ProductDocument & Record<string, unknown>>(productsSql);
    const changed = rows.filter((row) => products.get(row._id) !== JSON.stringify(row));
    await putDocuments(store.products, changed);
    for (const row of changed) products.set(row._id, JSON.stringify(row));
  }

  return {
    name: 'feed-copier',
    everyMs,
    scope: 'leased',
    run: () =>
      store.ask(async () => {
        if (!indexed) await store.reviews.createIndex({ sku: 1, at: -1, _id: -1 });
        indexed = true;
        const [clock] = await read<{ now: Date }>('SELECT now() AS now');
        const copied = await store.copies.findOne({ _id: 'copy' });
        const since = copied === null ? null : new Date(Date.parse(copied.until) - overlapMs);
        await copyCustomers(since);
        await copyReviews(since);
        await copyProducts();
        const until = (clock?.now ?? new Date(0)).toISOString();
        await putDocuments<CopyDocument>(store.copies, [{ _id: 'copy', until }]);
      }),
  };
}
