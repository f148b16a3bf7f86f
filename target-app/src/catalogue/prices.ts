import type { Queries } from '../data/database.ts';
import { Problem } from '../http/problem.ts';
import type { Line, PricedLine } from '../order/order.ts';

/**
 * The lines with the catalogue's prices at this moment, whatever the client believes.
 * @throws {Problem} `unknown-product`.
 */
export async function withPrices(queries: Queries, lines: readonly Line[]): Promise<readonly PricedLine[]> {
  const rows = await queries.rows<{ sku: string; price_cents: number }>(
    'SELECT sku, price_cents FROM product WHERE sku = ANY ($1)',
    [lines.map((line) => line.sku)],
  );
  const prices = new Map(rows.map((row) => [row.sku, row.price_cents]));
  return lines.map((line) => {
    const unitCents = prices.get(line.sku);
    if (unitCents === undefined) throw new Problem('unknown-product', { detail: `there is no ${line.sku}` });
    return { sku: line.sku, quantity: line.quantity, unitCents };
  });
}
