import { join } from 'node:path';
import type { Edge } from '@firedrill/topology';
import { exporterRole } from './exporter-role.ts';
import { migrateProcess } from './migrate.ts';
import { edgePort, listenPort } from './ports.ts';
import { shopDatabase } from './postgres.ts';
import { serverEdgesOf, writingEdgeOf } from './sql-edges.ts';
import type { Wire, WiringContext } from './wiring.ts';

/** Server connections per database. Fewer than the APIs' pools have together, so that it can run dry and is seen to. */
export const poolSize = 12;

/** The database by which PgBouncer reaches one server whatever its role, e.g. `shop_pg_2`. */
export const databaseOf = (server: string): string => `${shopDatabase}_${server.replaceAll('-', '_')}`;

/** In PgBouncer's folder: where its databases are. A promotion writes it anew. */
export const databasesFile = 'databases.ini';

/** Pure: `shop` is the primary, or who finds it; beside standbys each server has a name of its own too. */
export function pgbouncerDatabases(
  name: string,
  { hosts, level, state }: Pick<WiringContext, 'hosts' | 'level' | 'state'>,
): string {
  const line = (database: string, edge: Edge) =>
    `${database} = host=${hosts.proxies} port=${edgePort(state, edge.name)} dbname=${shopDatabase}`;
  const writing = writingEdgeOf(level, name, state.primary);
  const servers = serverEdgesOf(level, name);
  return [
    '[databases]',
    ...(writing === undefined ? [] : [line(shopDatabase, writing)]),
    ...(servers.length > 1 ? servers.map((edge) => line(databaseOf(edge.to), edge)) : []),
    '',
  ].join('\n');
}

/**
 * A transaction at a time. `query_timeout` is 0: to cancel a query that waits in its commit makes an answer of which nobody
 * knows whether it is true; the shop closes its connection instead. A lost server is tried again after 250 ms.
 *
 * Its clients log in by md5: while a server is away every failed request costs a new login, and the 4096 rounds of a SCRAM
 * exchange on PgBouncer's one thread then starve the servers that are well (a login took 0.3 s). Towards PostgreSQL it is SCRAM.
 */
function pgbouncerConfig(name: string, context: WiringContext): string {
  const { hosts, state } = context;
  return `
%include ${join(state.home, name, databasesFile)}

[pgbouncer]
listen_addr = ${hosts.listen}
listen_port = ${listenPort(state, name, 'sql')}
unix_socket_dir =
auth_type = md5
auth_file = ${join(state.home, name, 'users.txt')}
stats_users = ${exporterRole}
pool_mode = transaction
max_client_conn = 200
default_pool_size = ${poolSize}
min_pool_size = 2
query_wait_timeout = 0.5
query_timeout = 0
server_connect_timeout = 2
server_login_retry = 0.25
server_check_delay = 0
ignore_startup_parameters = extra_float_digits
stats_period = 60
`.trimStart();
}

/** The pool between the APIs and PostgreSQL. */
export const wirePgbouncer: Wire = (node, context) => {
  const { state, binary, notAsRoot } = context;
  const { postgresPassword, exporterPassword } = state.secrets;
  const users = [
    [shopDatabase, postgresPassword],
    [exporterRole, exporterPassword],
  ];
  return {
    name: node.name,
    files: [
      { path: 'pgbouncer.ini', content: pgbouncerConfig(node.name, context) },
      { path: databasesFile, content: pgbouncerDatabases(node.name, context) },
      // In the clear, as SCRAM needs it towards the server; the file is the user's alone.
      { path: 'users.txt', content: users.map(([role, password]) => `"${role}" "${password}"\n`).join('') },
    ],
    preparations: [],
    argv: [...notAsRoot, binary('pgbouncer', 'pgbouncer'), join(state.home, node.name, 'pgbouncer.ini')],
    env: {},
    probe: { kind: 'postgres', port: listenPort(state, node.name, 'sql'), database: shopDatabase },
    // A connection that is opened before would keep the database's settings of before for an hour.
    dependsOn: { toxiproxy: 'started', [migrateProcess]: 'completed' },
  };
};
