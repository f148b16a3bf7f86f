import type { BenchLevel } from './bench-levels.ts';
import { type Pgbouncer, startPgbouncer, type Targets } from './pgbouncer.ts';
import type { Postgres } from './postgres.ts';

/** What the shop of a level is given as its database. */
export interface DatabaseFront {
  /** Where the shop writes. */
  readonly url: string;
  readonly shopEnv: Readonly<Record<string, string>>;
  /** From level 2 on. */
  readonly pgbouncer: Pgbouncer | undefined;
  /** Leads the shop's writes to another server, as a promotion does. @param index in the servers: 0 is the first primary. */
  leadTo(index: number): Promise<void>;
  kill(): Promise<void>;
}

/** Level 1: PostgreSQL itself. From level 2 on PgBouncer, which from level 3 on also leads to each server by its name. */
export async function startDatabaseFront(
  postgres: Postgres,
  database: string,
  level: BenchLevel,
  folder: string,
): Promise<DatabaseFront> {
  if (level === 1) {
    return {
      url: postgres.primary.url(database),
      shopEnv: { SHOP_DATABASE_URL: postgres.primary.url(database) },
      pgbouncer: undefined,
      leadTo: async () => {},
      kill: async () => {},
    };
  }
  const servers = [postgres.primary, ...postgres.standbys];
  const names = servers.map((_, index) => `pg-${index + 1}`);
  const poolOf = (name: string) => `shop_${name.replace('-', '_')}`;
  const target = (index: number) => ({ port: servers[index]?.port ?? 0, dbname: database });
  const targets = (primary: number): Targets => ({
    shop: target(primary),
    ...(level === 2 ? {} : Object.fromEntries(names.map((name, index) => [poolOf(name), target(index)]))),
  });
  const pgbouncer = await startPgbouncer({ folder, targets: targets(0) });
  const replicas = names.map((name) => `${name}=${pgbouncer.url(poolOf(name))}`).join(',');
  return {
    url: pgbouncer.url('shop'),
    shopEnv: {
      SHOP_DATABASE_URL: pgbouncer.url('shop'),
      ...(level === 2 ? {} : { SHOP_REPLICA_URLS: replicas }),
    },
    pgbouncer,
    leadTo: (index) => pgbouncer.repoint(targets(index)),
    kill: () => pgbouncer.kill(),
  };
}
