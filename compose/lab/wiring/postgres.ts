import { join } from 'node:path';
import { listenPort } from './ports.ts';
import type { Wire } from './wiring.ts';

/** The shop's own role and database; the superuser `postgres` is for the lab. */
export const shopDatabase = 'shop';

/** Everything durable is on: a level-1 shop must survive kill -9. */
const settings = (port: number) => `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = 100
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

/** One PostgreSQL server with an empty database for the shop. */
export const wirePostgres: Wire = (node, { state, binary, notAsRoot }) => {
  const port = listenPort(state, node.name, 'sql');
  const folder = join(state.home, node.name);
  const password = state.secrets.postgresPassword;
  return {
    name: node.name,
    files: [
      { path: 'postgresql.conf', content: settings(port).trimStart() },
      { path: 'password', content: `${password}\n` },
    ],
    preparations: [
      {
        title: 'initdb',
        argv: [
          ...notAsRoot,
          binary('postgres', 'initdb'),
          ...[
            '--pgdata',
            'data',
            '--username',
            'postgres',
            '--pwfile',
            'password',
            '--auth',
            'scram-sha-256',
          ],
          ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync', '--no-instructions'],
        ],
      },
      {
        title: 'create the database',
        argv: [...notAsRoot, binary('postgres', 'postgres'), '--single', '-D', 'data', 'postgres'],
        stdin: [
          `CREATE ROLE ${shopDatabase} LOGIN PASSWORD '${password}'`,
          `CREATE DATABASE ${shopDatabase} OWNER ${shopDatabase}`,
          '',
        ].join('\n'),
      },
    ],
    argv: [
      ...notAsRoot,
      binary('postgres', 'postgres'),
      ...['-D', join(folder, 'data'), '-c', `config_file=${join(folder, 'postgresql.conf')}`],
    ],
    env: {},
    probe: { kind: 'postgres', port },
    dependsOn: {},
  };
};
