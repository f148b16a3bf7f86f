import { join } from 'node:path';
import type { Node } from '@firedrill/topology';
import { listenPort } from './ports.ts';
import { observedSettings, observedStatements } from './postgres-observed.ts';
import { replicated } from './postgres-replicated.ts';
import { isObserved } from './sql-edges.ts';
import type { Preparation, Wire, Wired, WiredFile, WiringContext } from './wiring.ts';

/** The shop's own role and database; the superuser `postgres` is for the lab. */
export const shopDatabase = 'shop';

/**
 * Everything durable is on: a level-1 shop must survive kill -9. Some connections are kept from the shop: where it has taken all that it
 * may, who watches still sees it, and a standby that must be rewound first can be.
 */
const settings = (host: string, port: number) => `
listen_addresses = '${host}'
port = ${port}
unix_socket_directories = ''
max_connections = 100
reserved_connections = 10
shared_buffers = 128MB
dynamic_shared_memory_type = posix
fsync = on
synchronous_commit = on
full_page_writes = on
max_wal_size = 1GB
track_io_timing = on
log_destination = 'jsonlog'
logging_collector = on
log_directory = '../log'
log_filename = 'postgresql.log'
log_rotation_age = 0
log_rotation_size = 0
log_timezone = 'UTC'
timezone = 'UTC'
log_min_duration_statement = 250ms
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_lock_waits = on
log_checkpoints = on
`;

/** Pure: what every server has in its `postgresql.conf`. */
export function serverSettings(node: Node, { hosts, level, state }: WiringContext): string {
  const common = settings(hosts.listen, listenPort(state, node.name, 'sql')).trimStart();
  return common + (isObserved(level, node.name) ? observedSettings : '');
}

/** In a node's folder, for initdb. */
export const initialPassword = ({ state }: Pick<WiringContext, 'state'>): WiredFile => ({
  path: 'password',
  content: `${state.secrets.postgresPassword}\n`,
});

/** Pure: how `data` is made where there is none: with the roles and the empty database of the shop. */
export function newData(
  node: Node,
  { level, state, binary, notAsRoot }: WiringContext,
): readonly Preparation[] {
  return [
    {
      title: 'initdb',
      argv: [
        ...notAsRoot,
        binary('postgres', 'initdb'),
        ...['--pgdata', 'data', '--username', 'postgres', '--pwfile', 'password', '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync', '--no-instructions'],
      ],
    },
    {
      title: 'create the database',
      argv: [...notAsRoot, binary('postgres', 'postgres'), '--single', '-D', 'data', 'template1'],
      stdin: [
        ...(isObserved(level, node.name) ? observedStatements(state) : []),
        `CREATE ROLE ${shopDatabase} LOGIN PASSWORD '${state.secrets.postgresPassword}'`,
        `CREATE DATABASE ${shopDatabase} OWNER ${shopDatabase}`,
        '',
      ].join('\n'),
    },
  ];
}

/** One PostgreSQL server with an empty database for the shop. */
export const wirePostgres: Wire = (node, context) => {
  const { level, state, binary, notAsRoot } = context;
  const folder = join(state.home, node.name);
  const alone: Wired = {
    name: node.name,
    files: [{ path: 'postgresql.conf', content: serverSettings(node, context) }, initialPassword(context)],
    preparations: newData(node, context),
    argv: [
      ...notAsRoot,
      binary('postgres', 'postgres'),
      ...['-D', join(folder, 'data'), '-c', `config_file=${join(folder, 'postgresql.conf')}`],
    ],
    env: {},
    probe: { kind: 'postgres', port: listenPort(state, node.name, 'sql') },
    dependsOn: {},
  };
  return level.nodes.some(({ follows }) => follows !== undefined) ? replicated(alone, node, context) : alone;
};
