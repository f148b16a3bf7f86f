import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../../src/data/migrate.ts';
import { benchPartitions } from '../../support/bench-levels.ts';
import { startPostgres } from '../../support/postgres.ts';
import { startShopBench } from '../../support/shop-bench.ts';
import { loadBelievableData } from './believable-data.ts';
import { measureStatements, watching } from './measure-statements.ts';
import type { StatementFigures } from './statement-figures.ts';

export interface IndexComparison {
  readonly rows: Readonly<Record<string, number>>;
  /** What level 2 adds to the schema. */
  readonly migrations: readonly string[];
  /** Statement → without and with it. */
  readonly statements: Readonly<
    Record<string, { readonly before: StatementFigures; readonly after: StatementFigures }>
  >;
}

/** The shop's statements on a database of believable size, without and with what level 2 adds to the schema. */
export async function compareIndexes(say: (line: string) => void): Promise<IndexComparison> {
  const postgres = await startPostgres(undefined, watching);
  const shop = await startShopBench(postgres);
  const client = new pg.Client({ connectionString: shop.databaseUrl });
  await client.connect();
  try {
    await client.query('CREATE EXTENSION pg_stat_statements');
    const rows = await loadBelievableData(client, say);
    const { rows: found } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const log = join(found[0]?.data_directory ?? '', '../statements/statements.json');
    say('measuring without');
    const before = await measureStatements(shop, postgres.primary, log);
    const added = await migrate(shop.databaseUrl, { level: 2, partitions: benchPartitions });
    await client.query('VACUUM (ANALYZE)');
    say('measuring with');
    const after = await measureStatements(shop, postgres.primary, log);
    return {
      rows,
      migrations: added,
      statements: Object.fromEntries(
        Object.entries(before).flatMap(([name, figures]) => {
          const then = after[name];
          return then === undefined ? [] : [[name, { before: figures, after: then }]];
        }),
      ),
    };
  } finally {
    await client.end();
    await shop.stop();
    await postgres.stop();
  }
}
