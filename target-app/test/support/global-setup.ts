import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServersWanted } from './bench-levels.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type SharedServers, sharedServersUrl } from './shared-postgres.ts';

/** Starts PostgreSQL for a file that asks for one as it is, once for each kind of servers, and ends all with the run. */
export default async function setup(): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Postgres>>();
  const postgresFor = (wanted: string) => {
    const found = started.get(wanted) ?? startPostgres(JSON.parse(wanted) as ServersWanted);
    started.set(wanted, found);
    return found;
  };
  const telling = createServer((request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://localhost').searchParams.get('wanted') ?? '';
    postgresFor(wanted).then(
      (postgres) => response.end(JSON.stringify(addressesOf(postgres))),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => telling.listen(0, '127.0.0.1', resolve));
  process.env[sharedServersUrl] = `http://127.0.0.1:${(telling.address() as AddressInfo).port}`;
  return async () => {
    telling.closeAllConnections();
    telling.close();
    const ending = [...started.values()].map(async (starting) => (await starting).stop());
    await Promise.allSettled(ending);
  };
}

const addressesOf = ({ primary, standbys }: Postgres): SharedServers =>
  [primary, ...standbys].map(({ pid, port, folder }) => ({ pid, port, folder }));
