import { shopUrl } from '../addresses.ts';
import { listenPort } from './ports.ts';
import { shopSources } from './shop-sources.ts';
import type { Wired, WiringContext } from './wiring.ts';

export const migrateProcess = 'migrate';

/** Creates the shop's tables and its catalogue, straight at the database: an operator's job, not the users' traffic. */
export function wireMigrate({ hosts, level, state, nodeJs, binary }: WiringContext): Wired {
  const url = shopUrl(state, `${hosts.node(state.primary)}:${listenPort(state, state.primary, 'sql')}`);
  return {
    name: migrateProcess,
    files: [],
    preparations: [],
    argv: [
      '/bin/sh',
      '-c',
      // PostgreSQL takes connections some 100 ms after its process started.
      'until "$1" --quiet --timeout=1 --dbname="$SHOP_DATABASE_URL"; do sleep 0.05; done; exec "$2" "$3"',
      'migrate',
      binary('postgres', 'pg_isready'),
      nodeJs,
      shopSources(state).migrate,
    ],
    env: { SHOP_DATABASE_URL: url, SHOP_LEVEL: String(level.number) },
    probe: undefined,
    dependsOn: { [state.primary]: 'started' },
  };
}
