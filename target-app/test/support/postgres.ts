import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '../../src/data/migrate.ts';
import { type BenchLevel, benchPartitions, type ServersWanted, serversOf } from './bench-levels.ts';
import { type PostgresServer, password, startPostgresServer } from './postgres-server.ts';
import { postgresTemplate, templateOf } from './postgres-template.ts';

/** No commit is acknowledged before one of the standbys has it, whichever. */
export const anyStandby = 'ANY 1 (*)';

/** A real PostgreSQL of a test's own, in a temporary folder, with its standbys. */
export interface Postgres {
  readonly primary: PostgresServer;
  /** They stream from the primary. */
  readonly standbys: readonly PostgresServer[];
  readonly port: number;
  /** A fresh database with the shop's schema and catalogue of a level, by default 1. @returns its name. */
  createShopDatabase(level?: BenchLevel): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Freezes or thaws every process of the primary: the network stands, nothing answers. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Ends every connection of every client, as a restart would. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** @param settings of every server, `name=value`, before the usual ones of a test. */
export async function startPostgres(
  { standbys: standbyCount, synchronous }: ServersWanted = serversOf(1),
  settings: readonly string[] = [],
): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-pg-'));
  const template = await postgresTemplate();
  const copy = async (name: string) => {
    // 2000 files: Node's own cp takes three times the processor time.
    await promisify(execFile)('cp', ['-R', template, join(folder, name)]);
    if (synchronous) await alter(join(folder, name), `synchronous_standby_names = '${anyStandby}'`);
    return join(folder, name);
  };
  const primary = await startPostgresServer(await copy('primary'), settings);
  const standbys = await Promise.all(
    Array.from({ length: standbyCount }, async (_, index) => {
      const home = await copy(`standby-${index + 1}`);
      await writeFile(join(home, 'data', 'standby.signal'), '');
      const source = `host=127.0.0.1 port=${primary.port} user=shop password=${password}`;
      await alter(home, `primary_conninfo = '${source}'`);
      return startPostgresServer(home, settings);
    }),
  );
  return postgresOn(primary, standbys, async () => {
    await Promise.all([primary, ...standbys].map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  });
}

/** As ALTER SYSTEM would, which can take it back. */
const alter = (home: string, setting: string) =>
  appendFile(join(home, 'data', 'postgresql.auto.conf'), `${setting}\n`);

/** What tests do with servers that run. */
export function postgresOn(
  primary: PostgresServer,
  standbys: readonly PostgresServer[],
  stop: () => Promise<void>,
): Postgres {
  return {
    primary,
    standbys,
    port: primary.port,
    createShopDatabase: async (level = 1) => {
      const name = `shop_${randomUUID().slice(0, 8)}`;
      await primary.run('postgres', `CREATE DATABASE ${name} TEMPLATE ${templateOf(level)}`);
      // A database's settings do not come with its template, and its partitions may be of yesterday.
      await migrate(primary.url(name), { level, partitions: benchPartitions });
      return name;
    },
    dropDatabase: async (name) => {
      await primary.run('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
    },
    signal: (signal) => primary.signal(signal),
    dropConnections: async () => {
      await primary.run(
        'postgres',
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
    },
    stop,
  };
}
