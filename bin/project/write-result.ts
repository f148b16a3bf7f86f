import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { $ } from 'zx';
import { headCommit } from './head-commit.ts';
import { resultsFolder } from './results.ts';
import { root } from './root.ts';
import { today } from './today.ts';

/**
 * Writes `docs/results/<date>-<name>.json`: the figures with what they were measured on.
 * @param figures as a function where another process may have added to the file meanwhile: it is asked at the very last.
 * @returns the path.
 */
export async function writeResult(name: string, figures: object | (() => object)): Promise<string> {
  const commit = await headCommit();
  const status = await $({ cwd: root, quiet: true })`git status --porcelain --untracked-files=no`;
  const changed = `${status}`.trim() !== '';
  const date = today();
  const path = join(resultsFolder, `${date}-${name}.json`);
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model ?? 'unknown' };
  const measured = typeof figures === 'function' ? figures() : figures;
  const result = { date, commit, ...(changed ? { uncommittedChanges: true } : {}), ...machine, ...measured };
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
  return path;
}
