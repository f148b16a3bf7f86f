import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { asNobody } from './as-nobody.ts';
import { postgresBinaries } from './component-binaries.ts';
import { endWithParent } from './end-with-parent.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** Where a PostgreSQL process is found. */
export interface ServerAddress {
  /** Of the postmaster. */
  readonly pid: number;
  readonly port: number;
  /** Holds its data folder and its log. */
  readonly folder: string;
}

/** One PostgreSQL process on a data folder, on 127.0.0.1 only. */
export interface PostgresServer extends ServerAddress {
  /** The file that it logs to. */
  readonly log: string;
  url(database: string): string;
  /** Runs statements as one simple query, in a session of their own. */
  run(database: string, sql: string): Promise<readonly pg.QueryResultRow[]>;
  /** Freezes or thaws every process of the server: the network stands, nothing answers. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** `SIGQUIT` leaves it as a crash does, `SIGINT` at rest. */
  stop(signal?: 'SIGQUIT' | 'SIGINT'): Promise<void>;
}

export const password = 'firedrill-test';

/** What every server of a test has; a test's data need not survive the machine, so nothing waits for the disk. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=32MB',
  'fsync=off',
  // A standby may stop streaming at once when its primary is gone, and may be cut off for the length of a test.
  'wal_keep_size=128MB',
  'wal_retrieve_retry_interval=100ms',
  'autovacuum_naptime=60s',
];

/** Starts it and waits until it answers. @param folder holds `data`; the log is written beside it. */
export async function startPostgresServer(
  folder: string,
  extra: readonly string[] = [],
): Promise<PostgresServer> {
  const port = await freePort();
  const options = [`port=${port}`, ...settings, ...extra].flatMap((setting) => ['-c', setting]);
  const [command, args] = asNobody(join(postgresBinaries(), 'postgres'), [
    '-D',
    join(folder, 'data'),
    ...options,
  ]);
  const server = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithParent(server, 'QUIT');
  const log = createWriteStream(logOf(folder), { flags: 'a' });
  server.stdout?.pipe(log);
  server.stderr?.pipe(log);
  const found = serverAt({ pid: server.pid ?? 0, port, folder });
  await eventually(() => found.run('postgres', 'SELECT 1'), 'PostgreSQL to accept connections');
  return {
    ...found,
    stop: async (signal = 'SIGQUIT') => {
      if (hasEnded(server)) return;
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill(signal);
      // One that a failed test left frozen would never end.
      server.kill('SIGCONT');
      await ended;
    },
  };
}

/** A server that another process started, and will stop. */
export function serverAt(address: ServerAddress): PostgresServer {
  const { port, folder } = address;
  const url = (database: string) => `postgres://shop:${password}@127.0.0.1:${port}/${database}`;
  return {
    ...address,
    log: logOf(folder),
    url,
    run: async (database, sql) => {
      const client = new pg.Client({ connectionString: url(database), connectionTimeoutMillis: 10_000 });
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    },
    signal: async (signal) => {
      for (const pid of await pidsOf(folder)) process.kill(pid, signal);
    },
    stop: async () => {},
  };
}

const logOf = (folder: string): string => join(folder, 'log');

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The postmaster and its children, the children first: a frozen parent cannot reap or restart them. */
async function pidsOf(folder: string): Promise<readonly number[]> {
  const postmaster = Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  return [...children.trim().split(/\s+/).filter(Boolean).map(Number), postmaster];
}
