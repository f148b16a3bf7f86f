import { FiredrillError } from '@firedrill/errors';
import { Command, CommanderError } from 'commander';

export interface ReportCommand {
  readonly run: string;
  readonly json: boolean;
  /** Compare with what was kept, and write nothing. */
  readonly recompute: boolean;
  /** The folder that holds the runs, when it is not the usual one. */
  readonly runs: string | undefined;
}

/** Pure: what `pnpm report …` was asked; a string is the help text. @throws {FiredrillError} `usage` */
export function parseReportCommand(words: readonly string[]): ReportCommand | string {
  let help = '';
  let parsed: ReportCommand | undefined;
  const program = new Command('report')
    .description(
      "Makes a run's report again from its folder: report.md, report.html, junit.xml, verdict.json, plots.",
    )
    .argument('<run>', 'the id of a run, or the path of its folder')
    .option(
      '--json',
      'print verdict.json on stdout and nothing else; with --recompute what agrees and what differs',
      false,
    )
    .option(
      '--recompute',
      'write nothing: work every figure out again from the evidence and say what agrees (exit 0), differs (1) or cannot be told (2)',
      false,
    )
    .option('--runs <folder>', 'where the folders of the runs are; default runs')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
    })
    .action((run: string, { json, recompute, runs }: Omit<ReportCommand, 'run'>) => {
      parsed = { run, json, recompute, runs };
    });
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    const message = error.message.replace(/^error: /, '').replaceAll(/\s+/g, ' ');
    throw new FiredrillError('usage', message, { fix: usageFix(error.code) });
  }
  if (parsed === undefined) throw new FiredrillError('internal', 'the command line was not understood');
  return parsed;
}

function usageFix(code: string): string {
  return code === 'commander.unknownOption'
    ? 'use one of --json --recompute --runs'
    : 'write `pnpm report <run>`';
}
