import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Postgres, startPostgres } from './postgres.ts';
import { type SharedServers, sharedServersUrl } from './shared-postgres.ts';

/** Starts PostgreSQL for a file that asks for one as it is, once for each number of standbys, and ends all with the run. */
export default async function setup(): Promise<() => Promise<void>> {
  const started = new Map<number, Promise<Postgres>>();
  const postgresWith = (standbys: number) => {
    const found = started.get(standbys) ?? startPostgres(standbys);
    started.set(standbys, found);
    return found;
  };
  const telling = createServer((request, response) => {
    const standbys = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('standbys'));
    postgresWith(standbys).then(
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
