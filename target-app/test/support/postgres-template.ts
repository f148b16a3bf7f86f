import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { migrate } from '../../src/data/migrate.ts';
import { asNobody } from './as-nobody.ts';
import { type BenchLevel, benchLevels, benchPartitions } from './bench-levels.ts';
import { postgresBinaries } from './component-binaries.ts';
import { password, startPostgresServer } from './postgres-server.ts';

const dataSources = fileURLToPath(new URL('../../src/data', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/shop-bench', import.meta.url));
const outdatedMs = 3_600_000;

/** The database of which each new one of this level is a copy. */
export function templateOf(level: BenchLevel): string {
  return `shop_template_${level}`;
}

/**
 * A folder whose `data` is a PostgreSQL at rest with the shop's schema and catalogue of every level. To copy it takes a
 * tenth of the time that making one takes. It is made once for each state of the schema.
 */
export async function postgresTemplate(): Promise<string> {
  const folder = join(cache, await keyOf());
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  await removeOutdated();
  const making = await mkdtemp(join(cache, 'making-'));
  await make(making);
  // Whoever made the same meanwhile was as right.
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  return folder;
}

async function keyOf(): Promise<string> {
  const hash = createHash('sha256').update(postgresBinaries());
  for (const file of globSync('**/*.{ts,sql}', { cwd: dataSources }).toSorted()) {
    hash.update(file).update(await readFile(join(dataSources, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOutdated(): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > outdatedMs) await rm(folder, { recursive: true, force: true });
  }
}

async function make(folder: string): Promise<void> {
  await writeFile(join(folder, 'password'), password, { mode: 0o600 });
  const [command, args] = asNobody(join(postgresBinaries(), 'initdb'), [
    ...[
      '-D',
      join(folder, 'data'),
      '-U',
      'shop',
      '-A',
      'scram-sha-256',
      '--pwfile',
      join(folder, 'password'),
    ],
    ...['-E', 'UTF8', '--no-locale', '--no-sync', '--wal-segsize=1'],
  ]);
  await promisify(execFile)(command, [...args], { cwd: folder });
  const server = await startPostgresServer(folder);
  for (const level of benchLevels) {
    await server.run('postgres', `CREATE DATABASE ${templateOf(level)}`);
    await migrate(server.url(templateOf(level)), { level, partitions: benchPartitions });
  }
  await server.stop('SIGINT');
}
