import { runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { root } from './root.ts';

const run = $({ cwd: root, preferLocal: root, stdio: 'inherit', nothrow: true, verbose: false });

/**
 * `pnpm test [vitest arguments]`: the projects `unit` and `lab` (or those that are named) on real parts, which are provisioned first. Ends
 * with the counts alone on a line.
 */
await runMain(async () => {
  const args = process.argv.slice(2);
  // The highest level has every component of those below it; FerretDB is for feeds as documents.
  const provisioned = await run`${process.execPath} bin/lab.mjs provision --level 4 --also ferretdb`;
  if (provisioned.exitCode !== 0) return provisioned.exitCode ?? 1;
  const named = args.some((arg) => arg.startsWith('--project'));
  const projects = named ? [] : ['--project=unit', '--project=lab'];
  const reporters = ['--reporter=default', `--reporter=${root}/bin/project/summary-reporter.ts`];
  const { exitCode } = await run`vitest run ${reporters} ${projects} ${args}`;
  return exitCode ?? 1;
});
