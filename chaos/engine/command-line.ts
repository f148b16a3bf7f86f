import { FiredrillError } from '@firedrill/errors';
import { type Clock, clocks } from '@firedrill/slo';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

export interface RunOptions {
  /** Default: the cheapest that the experiment names. */
  readonly level?: number;
  readonly seed: number;
  readonly clock: Clock;
  readonly variant?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly keepLab: boolean;
  readonly out?: string;
}

export type ParsedCommand =
  | { readonly name: 'run'; readonly experiment: string; readonly options: RunOptions }
  | { readonly name: 'list' }
  /** Without a level: all of them. */
  | { readonly name: 'heal'; readonly level?: number }
  | { readonly name: 'help'; readonly text: string };

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('is not a whole number (digits only)');
  return Number(text);
}

function clockName(text: string): Clock {
  const clock = clocks.find((one) => one === text);
  if (clock === undefined) throw new InvalidArgumentError(`is none of ${clocks.join(', ')}`);
  return clock;
}

function fixFor(error: CommanderError, command: Command | undefined): string {
  const flags = command?.options.map((option) => option.long ?? option.flags).join(' ') ?? '';
  if (error.code === 'commander.unknownOption')
    return flags === '' ? 'it takes no flag' : `use one of ${flags}`;
  if (error.code === 'commander.missingArgument') return 'name an experiment; `pnpm chaos list` shows them';
  return 'see `pnpm chaos --help`';
}

/** Commander's own sentence about a value is two: one says it. */
function messageOf(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
  const invalid = /^option '(\S+).*?' argument '(.*)' is invalid\. (.*)$/.exec(message);
  return invalid === null ? message : `${invalid[1]} ${invalid[2]} ${invalid[3]}`;
}

/** @throws {FiredrillError} `usage`: one line that names what is wrong. */
export async function parseCommandLine(
  words: readonly string[],
  experimentNames: readonly string[],
): Promise<ParsedCommand> {
  let parsed: ParsedCommand | undefined;
  let help = '';
  const program = new Command('chaos')
    .description('Runs an experiment on a lab and says what the fault did to the people who buy.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
    });
  const child = (name: string): Command =>
    program.command(name).exitOverride().copyInheritedSettings(program);
  child('run')
    .description(
      `run an experiment: ${experimentNames.join(', ')}, or the path of a file (the word "run" may be left out)`,
    )
    .argument('<experiment>')
    .option('--level <n>', 'the level of the lab; default the lowest that the experiment names', wholeNumber)
    .option('--seed <n>', 'of the requests and the retries', wholeNumber, 1)
    .option('--clock <name>', `the alert windows: ${clocks.join(', ')}`, clockName, 'drill' as Clock)
    .option('--variant <name>', 'of the experiment')
    .option('--dry-run', 'print the plan and do nothing', false)
    .option('--json', 'print verdict.json (or the plan) on stdout and nothing else', false)
    .option('--keep-lab', 'leave the lab up at the end', false)
    .option('--out <folder>', 'where the folders of the runs are; default runs')
    .action((experiment: string, options: RunOptions) => {
      parsed = { name: 'run', experiment, options };
    });
  child('list')
    .description('list the experiments and the faults')
    .action(() => {
      parsed = { name: 'list' };
    });
  child('heal')
    .description('stop a run under way and make the lab as its topology says')
    .option('--level <n>', 'the level of the lab; default every level', wholeNumber)
    .action(({ level }: { readonly level?: number }) => {
      parsed = level === undefined ? { name: 'heal' } : { name: 'heal', level };
    });

  const known = program.commands.map((one) => one.name());
  const [first] = words;
  const named = known.find((name) => name === first) ?? 'run';
  const bare = first === undefined || known.includes(first) || ['help', '--help', '-h'].includes(first);
  try {
    await program.parseAsync(bare ? [...words] : ['run', ...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { name: 'help', text: help };
    if (error.code === 'commander.help') {
      throw new FiredrillError('usage', 'no experiment was named', {
        fix: `use one of ${experimentNames.join(', ')}, or list, heal`,
      });
    }
    throw new FiredrillError('usage', messageOf(error), {
      fix: fixFor(
        error,
        program.commands.find((one) => one.name() === named),
      ),
    });
  }
  if (parsed === undefined) throw new FiredrillError('internal', 'the command line was not understood');
  return parsed;
}
