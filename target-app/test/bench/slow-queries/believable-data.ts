import type pg from 'pg';

/**
 * SQL, one statement each: a shop of some months. 20,000 customers, 200,000 orders, ten customers with 2,000 of them; two to
 * three lines an order; one order in twenty returned, one in four reviewed. Loaded past the foreign keys, which hold all the same.
 */
const believableData: readonly string[] = [
  'SET session_replication_role = replica',
  'SELECT setseed(0.5)',
  `CREATE TEMPORARY TABLE made AS
     SELECT n, uuidv7(-((200001 - n) * interval '35 seconds')) AS id,
            now() - (200001 - n) * interval '35 seconds' AS at,
            'c-' || CASE WHEN n % 10 = 0 THEN 1 + (n / 10) % 10 ELSE 11 + floor(random() * 19990)::integer END AS customer,
            CASE WHEN n > 199980 THEN 'held' WHEN n % 50 = 0 THEN 'expired' WHEN n % 40 = 1 THEN 'refunded'
                 WHEN n % 20 = 3 THEN 'part_returned' ELSE 'paid' END AS status,
            2 + (n % 2) AS lines
       FROM generate_series(1, 200000) AS n`,
  `INSERT INTO customer_order (id, customer, idempotency_key, status, sequence, total_cents, created_at, hold_expires_at)
     SELECT id, customer, 'key-' || n, status, CASE status WHEN 'held' THEN 1 ELSE 2 END, 5000, at, now() + interval '1 hour' FROM made`,
  `INSERT INTO order_line (order_id, sku, quantity, unit_cents)
     SELECT id, 'SKU-' || lpad((1 + (n * 7 + line * 67) % 200)::text, 4, '0'), 1 + line % 2, 1000
       FROM made, generate_series(1, lines) AS line`,
  `INSERT INTO order_transition (order_id, sequence, from_status, to_status, at)
     SELECT id, step, CASE step WHEN 2 THEN 'held' END, CASE step WHEN 1 THEN 'held' ELSE status END, at
       FROM made, generate_series(1, CASE status WHEN 'held' THEN 1 ELSE 2 END) AS step ORDER BY at`,
  `INSERT INTO outbox (order_id, sequence, type, payload, created_at, published_at)
     SELECT id, step, 'order.made',
            jsonb_build_object('customer', customer, 'status', status, 'totalCents', 5000, 'placedAt', at), at, at
       FROM made, generate_series(1, CASE status WHEN 'held' THEN 1 ELSE 2 END) AS step`,
  `INSERT INTO payment (order_id, capture_key, refund_key, card_token, cents, refunded_cents)
     SELECT id, 'capture-' || id, 'refund-' || id, 'tok_ok', 5000, CASE status WHEN 'refunded' THEN 5000 ELSE 0 END FROM made`,
  `INSERT INTO idempotency_key (customer, key, operation, request_hash, order_id, locked_until, answer_status, answer_body, created_at)
     SELECT customer, 'key-' || n, 'checkout', 'hash', id, now() + interval '1 hour',
            CASE WHEN status <> 'held' THEN 201 END, CASE WHEN status <> 'held' THEN '{}'::json END, at FROM made`,
  `INSERT INTO order_view (order_id, customer, status, total_cents, last_sequence, placed_at)
     SELECT id, customer, status, 5000, CASE status WHEN 'held' THEN 1 ELSE 2 END, at FROM made`,
  `INSERT INTO invoice (number, order_id, sequence, kind) SELECT n, id, 2, 'invoice' FROM made WHERE status = 'paid'`,
  `INSERT INTO order_return (id, order_id, key, refund_key, status, cents, sequence)
     SELECT uuidv7(), id, 'return-' || n, 'refund-of-' || n, 'refunded', 1000, 2 FROM made WHERE status = 'part_returned'`,
  `INSERT INTO order_return_line (return_id, sku, quantity, unit_cents)
     SELECT goods.id, line.sku, 1, 1000 FROM order_return goods
       CROSS JOIN LATERAL (SELECT sku FROM order_line WHERE order_id = goods.order_id ORDER BY sku LIMIT 1) line`,
  `INSERT INTO review (id, sku, customer, rating, title, text, created_at)
     SELECT uuidv7(at - now()), sku, customer, 1 + n % 5, 'As described', repeat('It does what it says. ', 10), at
       FROM (SELECT DISTINCT ON (made.customer, line.sku) made.*, line.sku
               FROM made JOIN order_line line ON line.order_id = made.id WHERE n % 4 = 0) bought`,
  `INSERT INTO cart (customer, id, lines, updated_at)
     SELECT 'c-' || n, 'main', '[{"sku":"SKU-0007","quantity":1},{"sku":"SKU-0107","quantity":1}]', now() - interval '1 day'
       FROM generate_series(1, 5000) AS n`,
  `UPDATE stock SET seeded = 1000000, available = 900000, back_in_stock_at = now() - interval '1 hour' WHERE sku <= 'SKU-0050'`,
  'SET session_replication_role = origin',
  'VACUUM (ANALYZE)',
];

/** @returns how many rows the larger tables have then. */
export async function loadBelievableData(
  client: pg.Client,
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  for (const statement of believableData) {
    say(`${statement.trim().split('\n')[0]}`);
    await client.query(statement);
  }
  const { rows } = await client.query<{ relname: string; rows: number }>(
    'SELECT relname, n_live_tup::integer AS rows FROM pg_stat_user_tables WHERE n_live_tup > 1000 ORDER BY relname',
  );
  return Object.fromEntries(rows.map((row) => [row.relname, row.rows]));
}
