import type { RecordedStatement, RecordedUnit } from './recorded-unit.ts';

/** What stands in the recorded checkout for what is another thing in every checkout. */
export interface Recorded {
  readonly customer: string;
  readonly key: string;
  readonly orderId: string;
  /** In lock order. */
  readonly skus: readonly [string, string];
}

/** Articles and customers are drawn as the load draws them: two articles, one of each half of the catalogue. */
const head = [
  '\\set i :i + 1',
  '\\set n :client_id * 1000000000 + :base + :i',
  '\\set c random(1, 200)',
  '\\set s0 random(1, 100)',
  '\\set s1 random(101, 200)',
];

const order = "'0199aaaa-0000-7000-8000-' || lpad(:n::text, 12, '0')";
const sku = (index: number): string => `'SKU-' || lpad(:s${index}::text, 4, '0')`;

/**
 * Pure: a pgbench script that sends what a recorded checkout sent: the same statements in the same order and the same
 * transactions, with ids of its own.
 * @param typesOf the types that PostgreSQL gives a statement's parameters.
 */
export function pgbenchScript(
  units: readonly RecordedUnit[],
  recorded: Recorded,
  typesOf: (sql: string) => readonly string[],
): string {
  const body = units.flatMap(({ kind, statements }) => {
    const sent = statements.map((statement) => `${inlined(statement, recorded, typesOf(statement.sql))};`);
    return kind === 'transaction' ? ['BEGIN;', ...sent, 'COMMIT;'] : sent;
  });
  return `${[...head, ...body].join('\n')}\n`;
}

function inlined(
  { sql, parameters }: RecordedStatement,
  recorded: Recorded,
  types: readonly string[],
): string {
  // pgbench ends a statement at its semicolon only, but reads a backslash at a line's start as its own.
  return sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\$(\d+)/g, (_, digits) => {
      const index = Number(digits) - 1;
      return `(${expression(parameters[index], recorded)})::${types[index]}`;
    });
}

function expression(value: unknown, recorded: Recorded): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `ARRAY[${value.map((one) => expression(one, recorded)).join(', ')}]`;
  return textExpression(String(value), recorded);
}

/** Text with what varies in it → an SQL expression that puts it together. */
function textExpression(text: string, { customer, key, orderId, skus }: Recorded): string {
  const variable: Readonly<Record<string, string>> = {
    [orderId]: order,
    [customer]: "'c-' || :c::text",
    [key]: "'key-' || :n::text",
    [skus[0]]: sku(0),
    [skus[1]]: sku(1),
  };
  const words = Object.keys(variable);
  const parts = text.split(new RegExp(`(${words.join('|')})`)).filter((part) => part !== '');
  if (parts.length === 0) return "''";
  return parts.map((part) => variable[part] ?? `'${part.replaceAll("'", "''")}'`).join(' || ');
}
