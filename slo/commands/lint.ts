import { FiredrillError } from '@firedrill/errors';
import type { Command } from 'commander';
import { findingLine } from '../lint/finding.ts';
import { committedFiles, lintFiles } from '../lint/lint.ts';
import { levelsOf } from './level-option.ts';

/** `pnpm slo lint`. Exit 64 on a finding: it is bad input, as a file that cannot be read is. */
export function lintCommand(program: Command, end: (exitCode: number) => void): void {
  program
    .command('lint')
    .description('refuse specs and alert windows whose alerts would lie')
    .argument('[file...]', 'specs and alert windows; all that are committed by default')
    .option('--level <number>', 'of the committed specs only this level')
    .option('--json', 'print the findings as JSON')
    .action((files: string[], options: { level?: string; json?: boolean }) => {
      if (files.length > 0 && options.level !== undefined) {
        throw new FiredrillError('usage', 'files and --level do not go together', {
          where: '--level',
          fix: 'name either',
        });
      }
      const result =
        files.length > 0
          ? lintFiles(files, process.env['INIT_CWD'] ?? process.cwd())
          : lintFiles(committedFiles(levelsOf(options.level)));
      end(result.findings.length === 0 ? 0 : 64);
      if (options.json === true) {
        process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
        return;
      }
      for (const finding of result.findings) process.stdout.write(`${findingLine(finding)}\n`);
      const counts = [
        plural(result.files.length, 'file'),
        plural(result.slos, 'SLO'),
        plural(result.findings.length, 'finding'),
      ];
      process.stdout.write(`${counts.join(', ')}\n`);
    });
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
