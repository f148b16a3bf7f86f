import type { Queries } from '../data/database.ts';
import type { Line, PricedLine } from './order.ts';

/** What is in the warehouse, in the transaction that the caller has open. */
export interface StockBooks {
  /** available → held, all lines or none. @returns the lines at the catalogue's prices, or `undefined` when there was not enough. */
  hold(queries: Queries, lines: readonly Line[]): Promise<readonly PricedLine[] | undefined>;
  /** held → gone to the buyer. */
  sell(queries: Queries, lines: readonly Line[]): Promise<void>;
  /** held → available. */
  release(queries: Queries, lines: readonly Line[]): Promise<void>;
  /** sold → available. */
  restock(queries: Queries, lines: readonly Line[]): Promise<void>;
}

const lineSql = 'SELECT * FROM unnest($1::text[], $2::integer[]) AS line (sku, quantity)';

/**
 * Locks in the order of the SKUs, as every statement here does, so that no two wait in a circle. What is sold out is refused
 * by what the statement saw at first, without a lock: a crowd for it must not queue up behind the last buyers. What was
 * locked is looked at again, since it may have changed during the wait.
 */
const holdSql = `
  WITH line AS (${lineSql}), seen AS (
    SELECT count(*) FROM line JOIN stock USING (sku) WHERE stock.available >= line.quantity
  ), locked AS (
    SELECT sku, available FROM stock
     WHERE sku IN (SELECT sku FROM line) AND (SELECT count FROM seen) = (SELECT count(*) FROM line)
     ORDER BY sku FOR UPDATE
  ), enough AS (
    SELECT count(*) FROM line JOIN locked USING (sku) WHERE locked.available >= line.quantity
  )
  UPDATE stock SET available = stock.available - line.quantity, held = stock.held + line.quantity
    FROM line JOIN locked USING (sku)
   WHERE stock.sku = line.sku AND (SELECT count FROM enough) = (SELECT count(*) FROM line)
  RETURNING stock.sku, line.quantity, (SELECT price_cents FROM product WHERE product.sku = stock.sku) AS "unitCents"`;

const moveSql = (change: string) => `
  WITH line AS (${lineSql}), locked AS (
    SELECT sku FROM stock WHERE sku IN (SELECT sku FROM line) ORDER BY sku FOR UPDATE
  )
  UPDATE stock SET ${change} FROM line JOIN locked USING (sku) WHERE stock.sku = line.sku RETURNING stock.sku`;

/** Those who wait for an article that was sold out are told since when there is some again. */
const comesBack = `
  available = stock.available + line.quantity,
  back_in_stock_at = CASE WHEN stock.available = 0 THEN now() ELSE stock.back_in_stock_at END`;

const sellSql = moveSql('held = stock.held - line.quantity');
const releaseSql = moveSql(`held = stock.held - line.quantity, ${comesBack}`);
const restockSql = moveSql(comesBack);

export const sqlStock: StockBooks = {
  hold: async (queries, lines) => {
    const held = await change<PricedLine>(queries, holdSql, lines);
    return held.length === lines.length ? held : undefined;
  },
  sell: (queries, lines) => move(queries, sellSql, lines),
  release: (queries, lines) => move(queries, releaseSql, lines),
  restock: (queries, lines) => move(queries, restockSql, lines),
};

async function move(queries: Queries, sql: string, lines: readonly Line[]): Promise<void> {
  if ((await change(queries, sql, lines)).length !== lines.length) throw new Error('an article has no stock');
}

function change<T extends { readonly sku: string }>(
  queries: Queries,
  sql: string,
  lines: readonly Line[],
): Promise<readonly T[]> {
  return queries.rows<T>(sql, [lines.map((line) => line.sku), lines.map((line) => line.quantity)]);
}
