import { withPrices } from '../catalogue/prices.ts';
import type { Database, Queries } from '../data/database.ts';
import type { Deadline } from '../data/deadline.ts';
import { Problem } from '../http/problem.ts';
import type { Line, PricedLine } from '../order/order.ts';
import { totalOf } from '../order/order.ts';

/** What a customer means to buy. It holds no stock and no price: both are decided at checkout. */
export interface Cart {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly PricedLine[];
  readonly totalCents: number;
}

export interface CartChange {
  readonly customer: string;
  readonly id: string;
  readonly lines: readonly Line[];
  /** The version that the customer saw; without it the last writer wins. */
  readonly version: number | undefined;
}

export function putCart(database: Database, change: CartChange, deadline: Deadline): Promise<Cart> {
  return database.transaction(deadline, async (queries) => {
    const lines = await withPrices(queries, change.lines);
    const parameters = [change.customer, change.id, JSON.stringify(change.lines)];
    const [row] =
      change.version === undefined
        ? await queries.rows<{ version: number }>(
            `INSERT INTO cart (customer, id, lines) VALUES ($1, $2, $3)
             ON CONFLICT (customer, id)
             DO UPDATE SET lines = excluded.lines, version = cart.version + 1, updated_at = now() RETURNING version`,
            parameters,
          )
        : await queries.rows<{ version: number }>(
            `UPDATE cart SET lines = $3, version = version + 1, updated_at = now()
              WHERE customer = $1 AND id = $2 AND version = $4 RETURNING version`,
            [...parameters, change.version],
          );
    if (row === undefined) throw new Problem('cart-version-conflict');
    return { id: change.id, version: row.version, lines, totalCents: totalOf(lines) };
  });
}

export async function getCart(queries: Queries, customer: string, id: string): Promise<Cart> {
  const { version, lines } = await load(queries, customer, id);
  const priced = await withPrices(queries, lines);
  return { id, version, lines: priced, totalCents: totalOf(priced) };
}

/** @throws {Problem} `cart-not-found`. */
export async function cartLines(queries: Queries, customer: string, id: string): Promise<readonly Line[]> {
  return (await load(queries, customer, id)).lines;
}

async function load(queries: Queries, customer: string, id: string) {
  const [row] = await queries.rows<{ version: number; lines: Line[] }>(
    'SELECT version, lines FROM cart WHERE customer = $1 AND id = $2',
    [customer, id],
  );
  if (row === undefined) throw new Problem('cart-not-found');
  return row;
}
