import type { Queries } from '../data/database.ts';
import { inLockOrder, type Line } from './order.ts';

/** What is in the warehouse, in the transaction that the caller has open. */
export interface StockBooks {
  /** available → held, all lines or none. @returns whether there was enough. */
  hold(queries: Queries, lines: readonly Line[]): Promise<boolean>;
  /** held → gone to the buyer. */
  sell(queries: Queries, lines: readonly Line[]): Promise<void>;
  /** held → available. */
  release(queries: Queries, lines: readonly Line[]): Promise<void>;
  /** sold → available. */
  restock(queries: Queries, lines: readonly Line[]): Promise<void>;
}

/** Those who wait for an article that was sold out are told since when there is some again. */
const comesBack = `
  available = available + line.quantity,
  back_in_stock_at = CASE WHEN available = 0 THEN now() ELSE back_in_stock_at END`;

export const sqlStock: StockBooks = {
  hold: async (queries, lines) => {
    // What is sold out needs no lock to be refused: a crowd for it must not queue up behind the last buyers.
    if (!suffices(await look(queries, lines), lines)) return false;
    if (!suffices(await lock(queries, lines), lines)) return false;
    const held = await queries.rows(
      `UPDATE stock SET available = available - line.quantity, held = held + line.quantity
         FROM ${linesSql} WHERE stock.sku = line.sku AND stock.available >= line.quantity RETURNING stock.sku`,
      parametersOf(lines),
    );
    if (held.length !== lines.length) throw new Error('stock changed under its lock');
    return true;
  },
  sell: (queries, lines) => move(queries, lines, 'held = held - line.quantity'),
  release: (queries, lines) => move(queries, lines, `held = held - line.quantity, ${comesBack}`),
  restock: (queries, lines) => move(queries, lines, comesBack),
};

const linesSql = 'unnest($1::text[], $2::integer[]) AS line (sku, quantity)';

function parametersOf(lines: readonly Line[]): readonly unknown[] {
  return [lines.map((line) => line.sku), lines.map((line) => line.quantity)];
}

type Available = ReadonlyMap<string, number>;

function suffices(available: Available, lines: readonly Line[]): boolean {
  return lines.every((line) => (available.get(line.sku) ?? 0) >= line.quantity);
}

const look = (queries: Queries, lines: readonly Line[]) => read(queries, lines, '');
const lock = (queries: Queries, lines: readonly Line[]) => read(queries, lines, 'FOR UPDATE');

async function read(
  queries: Queries,
  lines: readonly Line[],
  locking: '' | 'FOR UPDATE',
): Promise<Available> {
  const rows = await queries.rows<{ sku: string; available: number }>(
    `SELECT sku, available FROM stock WHERE sku = ANY ($1) ORDER BY sku ${locking}`,
    [inLockOrder(lines).map((line) => line.sku)],
  );
  return new Map(rows.map((row) => [row.sku, row.available]));
}

async function move(queries: Queries, lines: readonly Line[], change: string): Promise<void> {
  await lock(queries, lines);
  await queries.rows(
    `UPDATE stock SET ${change} FROM ${linesSql} WHERE stock.sku = line.sku`,
    parametersOf(lines),
  );
}
