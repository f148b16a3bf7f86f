import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { dashboardFiles } from './generate.ts';

await runMain(async () => {
  let exitCode = 0;
  const program = new Command('dashboards')
    .description('The Grafana dashboards, made from TypeScript.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

  program
    .command('generate')
    .description('write dashboards/grafana/*.json')
    .option('--check', 'write nothing; exit 1 when a committed file is not what would be written')
    .action(async (options: { check?: boolean }) => {
      for (const { path, text } of dashboardFiles()) {
        const name = `dashboards/grafana/${basename(path)}`;
        const same = (await readFile(path, 'utf8').catch(() => undefined)) === text;
        if (options.check !== true) await writeFile(path, text);
        else if (!same) exitCode = 1;
        const state = same
          ? 'unchanged'
          : options.check === true
            ? 'is not what `pnpm dashboards generate` writes'
            : 'changed';
        process.stdout.write(`${name} ${state}\n`);
      }
    });

  return (await runProgram(program)) ?? exitCode;
});
