import pg from 'pg';
import { exitUsage, exitWithLine } from '../../src/config/read-config.ts';
import { runShop } from '../../src/run-shop.ts';
import { brokenShops } from './broken-shops.ts';

/** Runs one broken shop: BROKEN=<name>, otherwise the environment of src/main.ts. */
const name = process.env['BROKEN'] ?? '';
const shop = brokenShops[name];
if (shop === undefined) {
  exitWithLine(
    exitUsage,
    `no broken shop "${name}" (BROKEN): use one of ${Object.keys(brokenShops).join(', ')}`,
  );
}
const client = new pg.Client({ connectionString: process.env['SHOP_DATABASE_URL'] });
await client.connect();
for (const { table, constraint } of shop.without ?? []) {
  await client.query(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${constraint}`);
}
await client.end();
await runShop(`broken-shop ${name}`, shop.seams);
