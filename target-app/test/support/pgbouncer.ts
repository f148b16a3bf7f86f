import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { asNobody } from './as-nobody.ts';
import { startChildProgram } from './child-program.ts';
import { pgbouncerBinary } from './component-binaries.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { password } from './postgres-server.ts';

/** A real PgBouncer in transaction mode. */
export interface Pgbouncer {
  readonly port: number;
  url(database: string): string;
  /** Points a database at another server, as a promotion does: what was open there is closed. */
  repoint(targets: Targets): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

/** Its databases: name → where it leads. */
export type Targets = Readonly<Record<string, { readonly port: number; readonly dbname: string }>>;

export interface PgbouncerOptions {
  readonly folder: string;
  readonly targets: Targets;
  /** Server connections per database. */
  readonly poolSize?: number;
  readonly queryWaitSeconds?: number;
}

export async function startPgbouncer(options: PgbouncerOptions): Promise<Pgbouncer> {
  const { folder, poolSize = 12, queryWaitSeconds = 0.5 } = options;
  const port = await freePort();
  const config = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  const write = (targets: Targets) =>
    writeFile(
      config,
      `[databases]
${Object.entries(targets)
  .map(([name, target]) => `${name} = host=127.0.0.1 port=${target.port} dbname=${target.dbname}`)
  .join('\n')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = md5
auth_file = ${users}
admin_users = shop
pool_mode = transaction
max_client_conn = 200
default_pool_size = ${poolSize}
query_wait_timeout = ${queryWaitSeconds}
server_connect_timeout = 2
server_login_retry = 0.25
server_check_delay = 0
`,
    );
  await writeFile(users, `"shop" "${password}"\n`, { mode: 0o600 });
  await write(options.targets);
  const program = startChildProgram(...asNobody(pgbouncerBinary(), [config]));
  const url = (database: string) => `postgres://shop:${password}@127.0.0.1:${port}/${database}`;
  const administer = async (...commands: readonly string[]) => {
    const client = new pg.Client({ connectionString: url('pgbouncer'), connectionTimeoutMillis: 10_000 });
    await client.connect();
    for (const command of commands) await client.query(command);
    await client.end();
  };
  await eventually(() => {
    if (program.ended) return;
    return administer('SHOW VERSION');
  }, `PgBouncer to answer: ${program.output()}`);
  if (program.ended) throw new Error(`PgBouncer ended: ${program.output()}`);
  return {
    port,
    url,
    repoint: async (targets) => {
      await write(targets);
      await administer('RELOAD', ...Object.keys(targets).map((name) => `RECONNECT ${name}`));
    },
    signal: (signal) => program.signal(signal),
    kill: () => program.kill(),
  };
}
