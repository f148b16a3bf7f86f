import pg from 'pg';

const plannable = /^\s*(with|select|insert|update|delete|merge)\b/i;

/** A constant is counted as a parameter where none may stand: `interval $1`, `extract($1 FROM …)`. */
const asSql = (query: string): string =>
  query
    .replaceAll(/\b(interval|timestamptz|timestamp|date|time)\s+(\$\d+)/gi, '$2::$1')
    .replaceAll(/\bextract\(\s*\$\d+\s+FROM\b/gi, 'extract(epoch FROM');

/** The first parameter that only its value would give a type; the statements of the shop have texts there. */
function asText(query: string, error: pg.DatabaseError): string | undefined {
  const [, parameter] = /data type of parameter (\$\d+)/.exec(error.message) ?? [];
  if (parameter === undefined) return undefined;
  const cast = query.replaceAll(new RegExp(`\\${parameter}(?!\\d|::)`, 'g'), `${parameter}::text`);
  return cast === query ? undefined : cast;
}

/**
 * How a server would carry a statement out, whatever its values are. `undefined` where there is nothing to be planned (`COMMIT`), or
 * not without the values.
 */
export async function genericPlan(client: pg.Client, query: string): Promise<string | undefined> {
  if (!plannable.test(query)) return undefined;
  for (let sql: string | undefined = asSql(query); sql !== undefined; ) {
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${sql}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      sql = asText(sql, error);
    }
  }
  return undefined;
}
