import pg from 'pg';
import { orderStates } from '../src/order/states.ts';
import type {
  AuditEvent,
  AuditKey,
  AuditOrder,
  AuditProjection,
  AuditReturn,
  AuditReview,
  AuditSnapshot,
  AuditStock,
  AuditTransition,
} from './snapshot.ts';

const ordersSql = `
  SELECT o.id, o.customer, o.idempotency_key AS key, o.status, o.total_cents AS "totalCents",
         coalesce(
           (SELECT json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity, 'unitCents', l.unit_cents) ORDER BY l.sku)
              FROM order_line l WHERE l.order_id = o.id),
           '[]'
         ) AS lines
    FROM customer_order o ORDER BY o.id`;

const transitionsSql = `
  SELECT order_id AS "orderId", sequence, from_status AS "from", to_status AS "to"
    FROM order_transition ORDER BY order_id, sequence`;

const eventsSql = `
  SELECT order_id AS "orderId", sequence, type, payload ->> 'customer' AS customer, payload ->> 'status' AS status,
         (payload ->> 'totalCents')::integer AS "totalCents"
    FROM outbox ORDER BY order_id, sequence`;

const returnsSql = `
  SELECT r.id, r.order_id AS "orderId", r.key, r.status, r.cents,
         coalesce(
           (SELECT json_agg(json_build_object('sku', l.sku, 'quantity', l.quantity) ORDER BY l.sku)
              FROM order_return_line l WHERE l.return_id = r.id),
           '[]'
         ) AS lines
    FROM order_return r ORDER BY r.order_id, r.id`;

const projectionSql = `
  SELECT order_id AS "orderId", customer, status, total_cents AS "totalCents", last_sequence AS "lastSequence"
    FROM order_view ORDER BY order_id`;

const reviewsSql = `
  SELECT r.id, r.customer, r.sku, r.rating, r.title, r.text,
         EXISTS (
           SELECT FROM customer_order o
             JOIN order_line l ON l.order_id = o.id
             JOIN order_transition t ON t.order_id = o.id
            WHERE o.customer = r.customer AND l.sku = r.sku AND t.to_status = ANY ($1)
         ) AS bought
    FROM review r ORDER BY r.id`;

const stockSql = 'SELECT sku, seeded, available, held FROM stock ORDER BY sku';

const keysSql = `
  SELECT customer, key, operation, request_hash AS "requestHash", order_id AS "orderId", answer_status AS "answerStatus"
    FROM idempotency_key ORDER BY order_id, customer, key`;

/** Reads one database's books in one repeatable-read transaction: every list belongs to the same moment. */
export async function readDatabase(url: string): Promise<Omit<AuditSnapshot, 'payments'>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  const rows = async <T extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[] = []) =>
    (await client.query<T>(sql, [...parameters])).rows;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const books = {
      orders: await rows<AuditOrder>(ordersSql),
      transitions: await rows<AuditTransition>(transitionsSql),
      events: await rows<AuditEvent>(eventsSql),
      stock: await rows<AuditStock>(stockSql),
      keys: await rows<AuditKey>(keysSql),
      returns: await rows<AuditReturn>(returnsSql),
      projection: await rows<AuditProjection>(projectionSql),
      reviews: await rows<AuditReview>(reviewsSql, [orderStates.paid]),
    };
    await client.query('COMMIT');
    return books;
  } finally {
    await client.end();
  }
}
