import { type Clock, clocks } from '@firedrill/slo';
import { type Command, InvalidArgumentError, Option } from 'commander';

export interface SuiteFlags {
  readonly clock: Clock;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly again: boolean;
  readonly out?: string;
}

export interface MatrixFlags {
  readonly levels?: readonly number[];
  readonly seeds: readonly number[];
  readonly names?: readonly string[];
  readonly variants: boolean;
}

export type SuiteCommand =
  | { readonly name: 'suite'; readonly file: string; readonly options: SuiteFlags }
  | { readonly name: 'matrix'; readonly matrix: MatrixFlags; readonly options: SuiteFlags };

/** `1-3` or `1,3`. */
export function numbers(text: string): readonly number[] {
  const [, from, to] = /^(\d{1,4})-(\d{1,4})$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined && Number(from) <= Number(to)) {
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  }
  if (/^\d{1,9}(,\d{1,9})*$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError('is neither a range (1-3) nor a list (1,3)');
}

/** Adds `suite` and `matrix`. */
export function addSuiteCommands(
  child: (name: string) => Command,
  take: (command: SuiteCommand) => void,
): void {
  const command = (name: string): Command =>
    child(name)
      .addOption(new Option('--clock <name>', 'the alert windows').choices(clocks).default('drill'))
      .option(
        '--again',
        'begin anew; by default it goes on where the same cells with the same plans stopped',
        false,
      )
      .option('--dry-run', 'print the cells and the key and do nothing', false)
      .option('--json', 'print suite.json on stdout and nothing else', false)
      .option('--out <folder>', 'where the folders of the runs are; default runs');
  command('suite')
    .description('run the experiments that a file lists, one after the other, each on a lab of its own')
    .argument('<file>')
    .action((file: string, options: SuiteFlags) => take({ name: 'suite', file, options }));
  command('matrix')
    .description('run experiments on levels with seeds, the control of each level first')
    .option('--levels <list>', 'such as 1-3; default all that each experiment names', numbers)
    .option('--seeds <list>', 'such as 1-3', numbers, [1])
    .option('--experiments <a,b>', 'default all', (text: string) => text.split(','))
    .option('--variants', 'each variant as well, on its cheapest level', false)
    .action(
      ({
        levels,
        seeds,
        experiments,
        variants,
        ...options
      }: SuiteFlags & Omit<MatrixFlags, 'names'> & { readonly experiments?: readonly string[] }) =>
        take({
          name: 'matrix',
          matrix: {
            ...(levels === undefined ? {} : { levels }),
            ...(experiments === undefined ? {} : { names: experiments }),
            seeds,
            variants,
          },
          options,
        }),
    );
}
