import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ShopBench } from '../support/shop-bench.ts';
import { shopClient } from '../support/shop-client.ts';
import { pgbenchScript } from './pgbench-script.ts';
import type { RecordedUnit } from './recorded-unit.ts';

const customer = 'c-77777';
const key = 'the-recorded-key';
const skus = ['SKU-0011', 'SKU-0122'] as const;

/** Lets a shop buy once, and makes a pgbench script of what it asked of the database. */
export async function recordCheckout(
  bench: ShopBench,
): Promise<{ readonly script: string; readonly statements: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-record-'));
  const file = join(folder, 'units.json');
  const api = await bench.startApi({ RECORD_TO: file }, 'test/bench/recording-main.ts');
  try {
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const answer = await shopClient(api.url).buy({ customer, key, lines });
    if (answer.status !== 201) throw new Error(`the recorded checkout was answered ${answer.text}`);
    const units = JSON.parse(await readFile(file, 'utf8')) as RecordedUnit[];
    const types = await parameterTypes(bench.databaseUrl, units);
    const recorded = { customer, key, skus, orderId: String(answer.body.orderId) };
    return {
      script: pgbenchScript(units, recorded, (sql) => types.get(sql) ?? []),
      statements: units.reduce(
        (sum, { kind, statements }) => sum + statements.length + (kind === 'transaction' ? 2 : 0),
        0,
      ),
    };
  } finally {
    await api.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What PostgreSQL itself takes the parameters for. */
async function parameterTypes(
  databaseUrl: string,
  units: readonly RecordedUnit[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const types = new Map<string, readonly string[]>();
    for (const { sql } of units.flatMap(({ statements }) => statements)) {
      await client.query(`PREPARE asked AS ${sql}`);
      const { rows } = await client.query<{ types: string[] }>(
        "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'asked'",
      );
      await client.query('DEALLOCATE asked');
      types.set(sql, rows[0]?.types ?? []);
    }
    return types;
  } finally {
    await client.end();
  }
}
