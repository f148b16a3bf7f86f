import { expect, it } from 'vitest';
import { pgbenchScript } from './pgbench-script.ts';

const recorded = {
  customer: 'c-77777',
  key: 'the-key',
  orderId: 'id-1',
  skus: ['SKU-0011', 'SKU-0122'],
} as const;

it('sends the statements in their transactions, with values of its own where they vary', () => {
  const script = pgbenchScript(
    [
      {
        kind: 'transaction',
        statements: [
          { sql: 'INSERT INTO a -- why\n VALUES ($1, $2, $3)', parameters: ['capture-id-1', 7, null] },
          { sql: 'SELECT $1', parameters: [['SKU-0011', 'SKU-0122']] },
        ],
      },
      { kind: 'read', statements: [{ sql: 'SELECT $2, $1', parameters: ['c-77777', '{"id-1": "it\'s"}'] }] },
    ],
    recorded,
    (sql) =>
      sql.startsWith('INSERT')
        ? ['text', 'integer', 'uuid']
        : sql === 'SELECT $1'
          ? ['text[]']
          : ['text', 'json'],
  );
  expect(script.split('\n').slice(5)).toEqual([
    'BEGIN;',
    "INSERT INTO a VALUES (('capture-' || '0199aaaa-0000-7000-8000-' || lpad(:n::text, 12, '0'))::text, (7)::integer, (NULL)::uuid);",
    "SELECT (ARRAY['SKU-' || lpad(:s0::text, 4, '0'), 'SKU-' || lpad(:s1::text, 4, '0')])::text[];",
    'COMMIT;',
    "SELECT ('{\"' || '0199aaaa-0000-7000-8000-' || lpad(:n::text, 12, '0') || '\": \"it''s\"}')::json, ('c-' || :c::text)::text;",
    '',
  ]);
});
