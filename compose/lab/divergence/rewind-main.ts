import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeDivergence } from './describe-divergence.ts';
import { keepDivergence } from './divergence.ts';
import { listDivergence } from './list-divergence.ts';

/**
 * In the place of pg_rewind, for whoever calls it (Patroni: `postgresql.bin_name.pg_rewind`, a script that ends with "$@"): writes
 * down what the server has alone, then takes it back. The list never stands in the way, nor for long.
 *
 *   node rewind-main.ts <node> <its folder> <folder of PostgreSQL's programs> <database> <arguments of pg_rewind>
 */
const [node = '', folder = '', programs = '', database = '', ...own] = process.argv.slice(2);
const { values } = parseArgs({
  args: own,
  strict: false,
  options: {
    'target-pgdata': { type: 'string', short: 'D' },
    'source-server': { type: 'string' },
    'config-file': { type: 'string' },
    'dry-run': { type: 'boolean', short: 'n' },
  },
});
const { 'target-pgdata': data, 'source-server': source, 'config-file': configFile } = values;

if (typeof data === 'string' && typeof source === 'string' && values['dry-run'] !== true) {
  const file = typeof configFile === 'string' ? { configFile } : {};
  const question = { node, programs, asUser: [], data, source, database, ...file };
  const divergence = await listDivergence(question);
  if (divergence !== undefined) {
    process.stderr.write(`${describeDivergence(divergence)}\n`);
    await keepDivergence(folder, divergence).catch((error: unknown) => {
      process.stderr.write(`what only ${node} has could not be written down: ${error}\n`);
    });
  }
}
// What it leaves is data that must be recovered, and a server that recovers syncs all of them when it starts: once is enough.
const rewinding = spawn(join(programs, 'pg_rewind'), ['--no-sync', ...own], { stdio: 'inherit' });
const code = await new Promise<number>((resolve) => {
  rewinding.once('error', () => resolve(1));
  rewinding.once('exit', (ended) => resolve(ended ?? 1));
});
process.exit(code);
