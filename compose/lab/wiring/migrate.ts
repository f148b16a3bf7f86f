import { choosesPrimary } from '@firedrill/topology';
import { shopUrl } from '../addresses.ts';
import { listenPort } from './ports.ts';
import { shopSources } from './shop-sources.ts';
import type { Wired, WiringContext } from './wiring.ts';

export const migrateProcess = 'migrate';

// PostgreSQL takes connections some 100 ms after its process started.
const takesConnections =
  'until "$1" --quiet --timeout=1 --dbname="$SHOP_DATABASE_URL"; do sleep 0.05; done; exec "$2" "$3"';
const takesWrites = `
until [ "$("$1" -XqtA -d "$SHOP_DATABASE_URL" -c 'SELECT pg_is_in_recovery()' 2>/dev/null)" = f ]; do sleep 0.2; done
exec "$2" "$3"`.trimStart();

/** Creates the shop's tables and its catalogue, straight at the database: an operator's job, not the users' traffic. */
export function wireMigrate({ hosts, level, state, nodeJs, binary }: WiringContext): Wired {
  const url = shopUrl(state, `${hosts.node(state.primary)}:${listenPort(state, state.primary, 'sql')}`);
  const words = choosesPrimary(level)
    ? // It starts as a standby, and takes writes when it has been made the leader.
      [takesWrites, 'migrate', binary('postgres', 'psql')]
    : [takesConnections, 'migrate', binary('postgres', 'pg_isready')];
  return {
    name: migrateProcess,
    files: [],
    preparations: [],
    argv: ['/bin/sh', '-c', ...words, nodeJs, shopSources(state).migrate],
    env: { SHOP_DATABASE_URL: url, SHOP_LEVEL: String(level.number) },
    probe: undefined,
    dependsOn: { [state.primary]: 'started' },
  };
}
