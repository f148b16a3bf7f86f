import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, comparisonSchema } from '@firedrill/chaos/compare';
import { FiredrillError, runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { compareName, compareResultSchema } from './compare-result.ts';
import { compareTable } from './compare-table.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { writeResult } from './write-result.ts';

const byDefault = ['partition-primary', '--levels', '1-4'];

/** Half an hour of runs: those of a comparison that came to its end are dropped, those of one that was cut off are gone on with. */
const ownFolder = join(root, '.firedrill', 'bench', compareName);

/**
 * `pnpm bench compare [experiment] [flags of pnpm chaos compare]`: the same fault at every level → docs/results, from which README has its table
 * and picture (`pnpm generate`). Goes on where it stopped. Written only when every row came to figures; exits as `pnpm chaos compare`
 * does.
 */
await runMain(async () => {
  const given = process.argv.slice(2);
  const words = given.length === 0 ? byDefault : given;
  const isOwn = !words.includes('--out');
  const { stdout, exitCode } = await $({
    cwd: root,
    nothrow: true,
    verbose: false,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, INIT_CWD: process.env.INIT_CWD ?? root },
  })`${process.execPath} bin/chaos.mjs compare ${words} ${isOwn ? ['--out', ownFolder] : []} --json`;
  const comparison = comparisonIn(stdout);
  // Its own line says what was wrong.
  if (comparison === undefined) return exitCode ?? 70;
  const without = comparison.rows.filter(({ figures }) => figures === undefined);
  if (without.length > 0) {
    const rows = without.map(({ row, problems }) => `level ${row} (${problems[0] ?? 'no reason'})`);
    process.stderr.write(`not written, the same command goes on: no figures of ${rows.join(', ')}\n`);
    return exitCode ?? 70;
  }
  await writeResult(compareName, comparison);
  const latest = latestResult(compareName, compareResultSchema);
  if (latest === undefined) throw new FiredrillError('internal', 'the result is not there');
  process.stdout.write(`${compareTable(latest.file, latest.result)}\n`);
  if (isOwn) rmSync(ownFolder, { recursive: true, force: true });
  return exitCode ?? 70;
});

function comparisonIn(stdout: string): Comparison | undefined {
  try {
    return comparisonSchema.safeParse(JSON.parse(stdout)).data;
  } catch {
    return undefined;
  }
}
