import type { Order, OrderPayment } from './order.ts';
import type { OrderBooks } from './order-books.ts';
import { lost } from './stored-answer.ts';

const insertSql = `
  WITH placed AS (
    INSERT INTO customer_order (id, customer, idempotency_key, status, sequence, total_cents, hold_expires_at)
    VALUES ($1, $2, $3, 'held', 1, $4, now() + $5 * interval '1 millisecond')
    RETURNING id, customer, total_cents, created_at
  ), line AS (
    INSERT INTO order_line (order_id, sku, quantity, unit_cents)
    SELECT placed.id, line.sku, line.quantity, line.unit_cents
      FROM placed, unnest($6::text[], $7::integer[], $8::integer[]) AS line (sku, quantity, unit_cents)
  ), paying AS (
    INSERT INTO payment (order_id, capture_key, refund_key, card_token, cents)
    SELECT id, $9, $10, $11, total_cents FROM placed
  ), transition AS (
    INSERT INTO order_transition (order_id, sequence, from_status, to_status) SELECT id, 1, NULL, 'held' FROM placed
  )
  INSERT INTO outbox (order_id, sequence, type, payload)
  SELECT id, 1, 'order.held',
         jsonb_build_object('customer', customer, 'status', 'held', 'totalCents', total_cents, 'placedAt', created_at)
    FROM placed`;

const moveSql = `
  WITH moved AS (
    UPDATE customer_order SET status = $3, sequence = sequence + 1 WHERE id = $1 AND status = $2
    RETURNING id, customer, sequence, total_cents, created_at
  ), transition AS (
    INSERT INTO order_transition (order_id, sequence, from_status, to_status) SELECT id, sequence, $2, $3 FROM moved
  ), event AS (
    INSERT INTO outbox (order_id, sequence, type, payload)
    SELECT id, sequence, 'order.' || $3,
           jsonb_build_object('customer', customer, 'status', $3::text, 'totalCents', total_cents, 'placedAt', created_at)
      FROM moved
  )
  SELECT sequence FROM moved`;

const loadSql = `
  SELECT id, customer, idempotency_key AS key, status, total_cents AS "totalCents",
         (SELECT json_agg(json_build_object('sku', sku, 'quantity', quantity, 'unitCents', unit_cents) ORDER BY sku)
            FROM order_line WHERE order_id = customer_order.id) AS lines
    FROM customer_order WHERE id = $1`;

export const sqlOrderBooks: OrderBooks = {
  insert: async (queries, { order, key, payment, holdMs }) => {
    await queries.rows(insertSql, [
      order.id,
      order.customer,
      key,
      order.totalCents,
      holdMs,
      order.lines.map((line) => line.sku),
      order.lines.map((line) => line.quantity),
      order.lines.map((line) => line.unitCents),
      payment.captureKey,
      payment.refundKey,
      payment.token,
    ]);
  },

  move: async (queries, orderId, from, to) => (await queries.rows(moveSql, [orderId, from, to])).length === 1,

  load: async (queries, orderId, lock) => {
    const [row] = await queries.rows<Order & { key: string }>(
      lock === 'lock' ? `${loadSql} FOR UPDATE` : loadSql,
      [orderId],
    );
    return row;
  },

  payment: async (queries, orderId) => {
    const [row] = await queries.rows<OrderPayment>(
      `SELECT order_id AS "orderId", capture_key AS "captureKey", refund_key AS "refundKey", card_token AS token, cents
         FROM payment WHERE order_id = $1`,
      [orderId],
    );
    // Every order was written with one.
    if (row === undefined) throw lost();
    return row;
  },

  setVoidDue: async (queries, orderId) => {
    await queries.rows('UPDATE payment SET void_due = true WHERE order_id = $1', [orderId]);
  },

  setVoided: async (queries, orderId) => {
    await queries.rows(
      'UPDATE payment SET void_due = true, voided_at = coalesce(voided_at, now()) WHERE order_id = $1',
      [orderId],
    );
  },

  setRefunded: async (queries, orderId) => {
    await queries.rows('UPDATE payment SET refunded_cents = cents WHERE order_id = $1', [orderId]);
  },
};
