import type { z } from 'zod';
import type { Queries } from '../data/database.ts';
import type {
  listQuerySchema,
  productDetailSchema,
  productListSchema,
  productSchema,
} from './catalogue-schemas.ts';

const columns = 'p.sku, p.name, p.description, p.category, p.price_cents AS "priceCents"';

/** One page of the catalogue, by SKU; with `q` only what the words are found in. */
export async function listProducts(
  queries: Queries,
  query: z.output<typeof listQuerySchema>,
): Promise<z.output<typeof productListSchema>> {
  const products = await queries.rows<z.output<typeof productSchema>>(
    `SELECT ${columns} FROM product p
      WHERE p.sku > $1 AND ($2::text IS NULL OR p.search @@ websearch_to_tsquery('simple', $2))
      ORDER BY p.sku LIMIT $3`,
    [query.after ?? '', query.q ?? null, query.limit + 1],
  );
  const page = products.slice(0, query.limit);
  const last = page.at(-1);
  return products.length > page.length && last !== undefined
    ? { products: page, next: last.sku }
    : { products: page };
}

export async function findProduct(
  queries: Queries,
  sku: string,
): Promise<z.output<typeof productDetailSchema> | undefined> {
  const rows = await queries.rows<z.output<typeof productDetailSchema>>(
    `SELECT ${columns}, s.available FROM product p JOIN stock s USING (sku) WHERE p.sku = $1`,
    [sku],
  );
  return rows[0];
}
