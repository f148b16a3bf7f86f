import type pg from 'pg';
import { catalogue } from './catalogue.ts';

/** Writes the articles that are not there yet, in one statement per table; leaves the others, and their stock, alone. */
export async function seedCatalogue(client: pg.Client): Promise<void> {
  const products = catalogue();
  const column = <K extends keyof (typeof products)[number]>(key: K) =>
    products.map((product) => product[key]);
  await client.query(
    `INSERT INTO product (sku, name, description, category, price_cents)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[])
     ON CONFLICT (sku) DO NOTHING`,
    [column('sku'), column('name'), column('description'), column('category'), column('priceCents')],
  );
  await client.query(
    `INSERT INTO stock (sku, seeded, available)
     SELECT sku, seeded, seeded FROM unnest($1::text[], $2::integer[]) AS seed (sku, seeded)
     ON CONFLICT (sku) DO NOTHING`,
    [column('sku'), column('seeded')],
  );
}
