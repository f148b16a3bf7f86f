import { readFile } from 'node:fs/promises';
import type { PostgresServer } from '../../support/postgres-server.ts';
import type { ShopBench } from '../../support/shop-bench.ts';
import { asked, chores, letChoresRun } from './asked-statements.ts';
import { normal, plansOf, type StatementFigures } from './statement-figures.ts';

/** Settings under which a server sees its statements; its log lies in `statements/` beside its data. */
export const watching: readonly string[] = [
  'shared_preload_libraries=pg_stat_statements,auto_explain',
  'pg_stat_statements.track=top',
  'auto_explain.log_min_duration=0',
  'auto_explain.log_analyze=on',
  'auto_explain.log_timing=off',
  'auto_explain.log_format=json',
  'logging_collector=on',
  'log_destination=jsonlog',
  'log_directory=../statements',
  'log_filename=statements.log',
  'log_rotation_size=0',
  'log_min_messages=log',
  'shared_buffers=256MB',
  'work_mem=16MB',
];

interface StatRow {
  readonly query: string;
  readonly calls: number;
  readonly mean: number;
  readonly blocks: number;
}

/** Asks everything twice, the first time to warm the caches. @param logFile of the server, in JSON. */
export async function measureStatements(
  shop: ShopBench,
  server: PostgresServer,
  logFile: string,
): Promise<Readonly<Record<string, StatementFigures>>> {
  const database = new URL(shop.databaseUrl).pathname.slice(1);
  const reset = () => server.run(database, 'SELECT pg_stat_statements_reset()');
  const stats = async () =>
    (await server.run(
      database,
      `SELECT query, calls::integer, mean_exec_time AS mean,
              ((shared_blks_hit + shared_blks_read) / calls)::integer AS blocks
         FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND query NOT LIKE '%pg_stat_statements%'
        ORDER BY total_exec_time DESC`,
    )) as unknown as readonly StatRow[];
  const seen: Record<string, StatRow | undefined> = {};
  const logged = await readFile(logFile, 'utf8').then(
    (text) => text.length,
    () => 0,
  );

  const requests = await shop.startApi({}, 'test/bench/requests-main.ts');
  for (const [name, ask] of Object.entries(asked)) {
    await ask(requests.url);
    await reset();
    await ask(requests.url);
    seen[name] = (await stats())[0];
  }
  await requests.kill();

  const api = await shop.startApi({}, 'test/bench/chores-main.ts');
  await reset();
  await letChoresRun();
  const rows = await stats();
  for (const [name, words] of Object.entries(chores))
    seen[name] = rows.find(({ query }) => words.test(query));
  await api.kill();

  const plans = plansOf((await readFile(logFile, 'utf8')).slice(logged));
  return Object.fromEntries(
    Object.entries(seen).flatMap(([name, row]) =>
      row === undefined ? [] : [[name, { ...figuresOf(row), scans: plans.get(normal(row.query)) ?? [] }]],
    ),
  );
}

const figuresOf = ({ calls, mean, blocks }: StatRow) => ({
  calls,
  meanMs: Math.round(mean * 1000) / 1000,
  blocks,
});
