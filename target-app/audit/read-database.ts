import pg from 'pg';
import type {
  AuditEvent,
  AuditKey,
  AuditOrder,
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

const eventsSql = `SELECT order_id AS "orderId", sequence, type FROM outbox ORDER BY order_id, sequence`;

const stockSql = 'SELECT sku, seeded, available, held FROM stock ORDER BY sku';

const keysSql = `
  SELECT customer, key, request_hash AS "requestHash", order_id AS "orderId", answer_status AS "answerStatus"
    FROM idempotency_key ORDER BY customer, key`;

/** Reads one database's books in one repeatable-read transaction: every list belongs to the same moment. */
export async function readDatabase(url: string): Promise<Omit<AuditSnapshot, 'payments'>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  const rows = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const books = {
      orders: await rows<AuditOrder>(ordersSql),
      transitions: await rows<AuditTransition>(transitionsSql),
      events: await rows<AuditEvent>(eventsSql),
      stock: await rows<AuditStock>(stockSql),
      keys: await rows<AuditKey>(keysSql),
    };
    await client.query('COMMIT');
    return books;
  } finally {
    await client.end();
  }
}
