import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../../src/data/migrate.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { postgresBinaries } from './postgres-binaries.ts';

/** A real PostgreSQL of a test's own, in a temporary folder, on 127.0.0.1 only. */
export interface Postgres {
  readonly port: number;
  /** A fresh database with the shop's schema and catalogue. @returns its `postgres://` address. */
  createShopDatabase(): Promise<string>;
  /** Freezes or thaws every process of the server: the network stands, nothing answers. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Ends every connection of every client, as a restart would. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

const password = 'firedrill-test';

export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-pg-'));
  const bin = postgresBinaries();
  const port = await freePort();
  await writeFile(join(folder, 'password'), password, { mode: 0o600 });
  await initialise(bin, folder);
  const server = start(bin, folder, port);
  const url = (database: string) => `postgres://shop:${password}@127.0.0.1:${port}/${database}`;
  await eventually(async () => {
    const client = new pg.Client({ connectionString: url('postgres'), connectionTimeoutMillis: 1000 });
    await client.connect();
    await client.end();
  }, 'PostgreSQL to accept connections');
  let template: Promise<void> | undefined;
  let databases = 0;
  return {
    port,
    createShopDatabase: async () => {
      template ??= makeTemplate(url);
      await template;
      databases += 1;
      await run(url('postgres'), `CREATE DATABASE shop_${databases} TEMPLATE shop_template`);
      return url(`shop_${databases}`);
    },
    signal: async (signal) => {
      for (const pid of await pidsOf(folder)) process.kill(pid, signal);
    },
    dropConnections: () =>
      run(
        url('postgres'),
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      ),
    stop: async () => {
      server.kill('SIGQUIT');
      if (server.exitCode === null && server.signalCode === null) {
        await new Promise((resolve) => server.once('exit', resolve));
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(url: (database: string) => string): Promise<void> {
  await run(url('postgres'), 'CREATE DATABASE shop_template');
  await migrate(url('shop_template'));
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root; a user namespace of one's own needs no right and keeps the pid. */
function asNobody(command: string): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [command, []];
  return ['unshare', ['--user', '--map-user=65534', '--map-group=65534', command]];
}

async function initialise(bin: string, folder: string): Promise<void> {
  const [command, prefix] = asNobody(join(bin, 'initdb'));
  const options = ['-U', 'shop', '-A', 'scram-sha-256', '--pwfile', join(folder, 'password'), '-E', 'UTF8'];
  await promisify(execFile)(
    command,
    [...prefix, '-D', join(folder, 'data'), ...options, '--no-locale', '--no-sync'],
    {
      cwd: folder,
    },
  );
}

function start(bin: string, folder: string, port: number): ChildProcess {
  const [command, prefix] = asNobody(join(bin, 'postgres'));
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
  ];
  const server = spawn(
    command,
    [...prefix, '-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log = createWriteStream(join(folder, 'log'));
  server.stdout?.pipe(log);
  server.stderr?.pipe(log);
  return server;
}

/** The postmaster and its children, the children first: a frozen parent cannot reap or restart them. */
async function pidsOf(folder: string): Promise<readonly number[]> {
  const postmaster = Number((await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  return [...children.trim().split(/\s+/).filter(Boolean).map(Number), postmaster];
}
