import type { Command } from 'commander';
import { milliseconds, wholeNumber } from '../engine/flag-values.ts';
import { numbers } from '../suite/command-line.ts';

export interface CompareOptions {
  readonly levels?: readonly number[];
  readonly variant?: string;
  readonly seed: number;
  /** How long the fault stays in, ms. */
  readonly hold?: number;
  readonly again: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly out?: string;
}

export interface CompareCommand {
  readonly name: 'compare';
  readonly experiment: string;
  readonly options: CompareOptions;
}

/** Adds `compare`. */
export function addCompareCommand(
  child: (name: string) => Command,
  take: (command: CompareCommand) => void,
): void {
  child('compare')
    .description('the same fault on several levels, under the same conditions, each on a lab of its own')
    .argument('<experiment>')
    .option('--levels <list>', 'such as 1-4; default all that the experiment names', numbers)
    .option('--variant <name>', 'of the experiment')
    .option('--seed <n>', 'of the requests and the retries', wholeNumber, 1)
    .option(
      '--hold <duration>',
      'how long the fault stays in; default the shortest that tells the levels apart',
      milliseconds,
    )
    .option(
      '--again',
      'begin anew; by default it goes on where the same rows with the same plans stopped',
      false,
    )
    .option('--dry-run', 'print the rows and the key and do nothing', false)
    .option('--json', 'print comparison.json on stdout and nothing else', false)
    .option('--out <folder>', 'where the folders of the runs are; default runs')
    .action((experiment: string, options: CompareOptions) => take({ name: 'compare', experiment, options }));
}
