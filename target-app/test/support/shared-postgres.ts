import type { ServersWanted } from './bench-levels.ts';
import { type Postgres, postgresOn, startPostgres } from './postgres.ts';
import { type ServerAddress, serverAt } from './postgres-server.ts';

/** Where the run's main process tells of its servers; it is set by `global-setup.ts`. */
export const sharedServersUrl = 'SHOP_BENCH_SERVERS_URL';

/** What the main process answers about one primary and its standbys. */
export type SharedServers = readonly ServerAddress[];

/**
 * The servers of this test run: started by the first file that asks, found by the others. Only the shops on them come
 * and go: nobody may freeze, promote or stop them.
 */
export async function sharedPostgres(wanted: ServersWanted): Promise<Postgres> {
  const url = process.env[sharedServersUrl];
  if (url === undefined) return startPostgres(wanted);
  const response = await fetch(`${url}/?wanted=${encodeURIComponent(JSON.stringify(wanted))}`);
  if (!response.ok) throw new Error(await response.text());
  const [primary, ...standbys] = ((await response.json()) as SharedServers).map(serverAt);
  if (primary === undefined) throw new Error('it tells of no server');
  return postgresOn(primary, standbys, async () => {});
}
