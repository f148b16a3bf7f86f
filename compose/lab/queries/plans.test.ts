import { describe, expect, it } from 'vitest';
import { plansIn, shapeOf } from './plans.ts';

const plan = `Limit  (cost=0.42..8.44 rows=1 width=40) (actual rows=1.00 loops=1)
  Buffers: shared hit=4
  ->  Nested Loop  (cost=0.42..8.44 rows=1 width=40) (actual rows=1.00 loops=1)
        ->  Index Scan Backward using customer_order_customer on customer_order o  (cost=0.42..8.44 rows=1 width=40) (actual rows=1.00 loops=1)
              Index Cond: (customer = $1)
        ->  Seq Scan on review  (cost=0.00..1.00 rows=1 width=4) (actual rows=0.00 loops=1)`;

const line = (message: string): string =>
  JSON.stringify({ timestamp: '2026-01-01 00:00:01.250 UTC', error_severity: 'LOG', message }).replace(
    /}$/,
    ',"query_id":-8512345678901234567}',
  );

describe('the plans in a log', () => {
  const log = [
    line('checkpoint starting: time'),
    line(
      `duration: 312.125 ms  plan:\nQuery Text: SELECT *\n  FROM customer_order o WHERE customer = $1\n${plan}`,
    ),
    line('duration: 400.000 ms  statement: SELECT pg_sleep(0.4)'),
    '{"timestamp":"2026-01-01 00:00:02.000 UTC","message":"duration: 1 ms  plan:',
  ].join('\n');

  it('are those that auto_explain wrote, whole', () => {
    expect(plansIn(log, 'pg-1')).toEqual([
      {
        node: 'pg-1',
        queryId: '-8512345678901234567',
        at: '2026-01-01T00:00:01.250Z',
        durationMs: 312.125,
        shape: expect.any(String),
        text: plan,
      },
    ]);
  });

  it('have a shape without figures', () => {
    expect(shapeOf(plan)).toBe(
      'Limit > Nested Loop > Index Scan Backward customer_order_customer > Seq Scan review',
    );
  });

  it('tell once what is done alike to several partitions, however many there are', () => {
    const scan = (name: string) => [
      `              ->  Index Scan using ${name} on customer_order  (cost=0.28..8.30 rows=1 width=16)`,
      '                    Index Cond: (customer = $1)',
    ];
    const over = (...indexes: readonly string[]) =>
      [
        'Limit  (cost=0.57..24.91 rows=1 width=16)',
        '  ->  Nested Loop  (cost=0.57..24.91 rows=3 width=16)',
        '        ->  Append  (cost=0.57..24.91 rows=3 width=16)',
        ...indexes.flatMap(scan),
        '        ->  Seq Scan on product  (cost=0.00..1.00 rows=1 width=4)',
      ].join('\n');
    const two = over('customer_order_customer_before', 'customer_order_20261129t180000_customer_id_idx');
    const three = over(
      'customer_order_customer_before',
      'customer_order_20261129t180000_customer_id_idx',
      'customer_order_20261129t190000_customer_id_idx',
    );
    expect(shapeOf(three)).toBe(shapeOf(two));
    expect(shapeOf(two)).toBe(
      'Limit > Nested Loop > Append > Index Scan customer_order_customer > Index Scan customer_order_customer_id_idx > Seq Scan product',
    );
  });
});
