import { existsSync, globSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The folder of initdb and postgres: FIREDRILL_POSTGRES_BIN, or else the newest one in the component cache. */
export function postgresBinaries(): string {
  const given = process.env['FIREDRILL_POSTGRES_BIN'];
  return given ?? dirname(inCache('postgres', 'initdb') ?? missing('PostgreSQL', 'FIREDRILL_POSTGRES_BIN'));
}

export function haproxyBinary(): string {
  return inCache('haproxy', 'haproxy') ?? onPath('haproxy') ?? missing('HAProxy', 'PATH');
}

export function pgbouncerBinary(): string {
  return inCache('pgbouncer', 'pgbouncer') ?? onPath('pgbouncer') ?? missing('PgBouncer', 'PATH');
}

export function ferretdbBinary(): string {
  return inCache('ferretdb', 'ferretdb') ?? onPath('ferretdb') ?? missing('FerretDB', 'PATH');
}

/** The newest one in the component cache. */
function inCache(component: string, executable: string): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'firedrill/components', component);
  const found = globSync(join(folder, `*/**/bin/${executable}`)).filter((file) => statSync(file).isFile());
  return found.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

function onPath(executable: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin');
  return folders.map((folder) => join(folder, executable)).find((file) => existsSync(file));
}

function missing(name: string, variable: string): never {
  throw new Error(`no ${name}: set ${variable} or run \`pnpm lab provision --level 3 --also ferretdb\``);
}
