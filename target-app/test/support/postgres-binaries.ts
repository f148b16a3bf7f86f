import { existsSync, globSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of initdb and postgres: FIREDRILL_POSTGRES_BIN, or else the newest one in the component cache. */
export function postgresBinaries(): string {
  const given = process.env['FIREDRILL_POSTGRES_BIN'];
  if (given !== undefined) return given;
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const found = globSync(join(cache, 'firedrill/components/postgres/*/**/bin'))
    .filter((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const newest = found[0];
  if (newest === undefined)
    throw new Error('no PostgreSQL: set FIREDRILL_POSTGRES_BIN or run `pnpm lab doctor`');
  return newest;
}
