import { FiredrillError } from '@firedrill/errors';
import { type Clock, clocks } from '@firedrill/slo';
import { type FeedStore, feedStores } from '@firedrill/topology';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addCompareCommand, type CompareCommand } from '../compare/command-line.ts';
import { addSuiteCommands, type SuiteCommand } from '../suite/command-line.ts';
import { milliseconds, wholeNumber } from './flag-values.ts';
import { type Traffic, traffics } from './quiet-plan.ts';

export type Runtime = 'auto' | 'native' | 'docker';

export interface RunOptions {
  /** Default: the cheapest that the experiment names. */
  readonly level?: number;
  readonly seed: number;
  readonly clock: Clock;
  readonly variant?: string;
  /** Default: as the experiment says. */
  readonly feed?: FeedStore;
  /** Default: that of the lab that runs, else native. */
  readonly runtime?: Runtime;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly keepLab: boolean;
  readonly out?: string;
}

export interface QuietOptions extends Omit<RunOptions, 'variant' | 'feed'> {
  readonly forMs: number;
  readonly traffic: Traffic;
}

/** About all runs of this user. */
export type HaltCommand =
  | { readonly name: 'halt'; readonly reason: string }
  | { readonly name: 'resume' }
  | { readonly name: 'status'; readonly json: boolean };

export type ParsedCommand =
  | { readonly name: 'run'; readonly experiment: string; readonly options: RunOptions }
  | { readonly name: 'quiet'; readonly options: QuietOptions }
  | { readonly name: 'list' }
  /** Without a level: all of them. */
  | { readonly name: 'heal'; readonly level?: number }
  | HaltCommand
  | SuiteCommand
  | CompareCommand
  | { readonly name: 'help'; readonly text: string };

function clockName(text: string): Clock {
  const clock = clocks.find((one) => one === text);
  if (clock === undefined) throw new InvalidArgumentError(`is none of ${clocks.join(', ')}`);
  return clock;
}

function storeName(text: string): FeedStore {
  const store = feedStores.find((one) => one === text);
  if (store === undefined) throw new InvalidArgumentError(`is none of ${feedStores.join(', ')}`);
  return store;
}

function trafficName(text: string): Traffic {
  const traffic = traffics.find((one) => one === text);
  if (traffic === undefined) throw new InvalidArgumentError(`is none of ${traffics.join(', ')}`);
  return traffic;
}

function fixFor(error: CommanderError, command: Command | undefined): string {
  const flags = command?.options.map((option) => option.long ?? option.flags).join(' ') ?? '';
  if (error.code === 'commander.unknownOption')
    return flags === '' ? 'it takes no flag' : `use one of ${flags}`;
  if (error.code === 'commander.missingArgument') {
    return command?.name() === 'suite'
      ? 'give the path of a suite (docs/experiments.md)'
      : 'name an experiment; `pnpm chaos list` shows them';
  }
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
  /** What every run takes. */
  const runner = (name: string, ofLevel: string): Command =>
    child(name)
      .option('--level <n>', `the level of the lab; default the lowest${ofLevel}`, wholeNumber)
      .option('--seed <n>', 'of the requests and the retries', wholeNumber, 1)
      .option('--clock <name>', `the alert windows: ${clocks.join(', ')}`, clockName, 'drill' as Clock)
      .addOption(
        new Option(
          '--runtime <runtime>',
          'what the lab’s parts run in; auto: containers where an engine answers and it can be done there; default that of the lab that runs, else native',
        ).choices(['auto', 'native', 'docker']),
      )
      .option('--dry-run', 'print the plan and do nothing', false)
      .option('--json', 'print verdict.json (or the plan) on stdout and nothing else', false)
      .option('--keep-lab', 'leave the lab up at the end', false)
      .option('--out <folder>', 'where the folders of the runs are; default runs');
  runner('run', ' that the experiment names')
    .description(
      `run an experiment: ${experimentNames.join(', ')}, or the path of a file (the word "run" may be left out)`,
    )
    .argument('<experiment>')
    .option('--variant <name>', 'of the experiment')
    .option('--feed <store>', `where feeds are kept: ${feedStores.join(', ')}`, storeName)
    .action((experiment: string, options: RunOptions) => {
      parsed = { name: 'run', experiment, options };
    });
  runner('quiet', '')
    .description('a run without a fault: any page or ticket fails it')
    .addOption(
      new Option('--for <duration>', 'how long users come, e.g. 90s')
        .argParser(milliseconds)
        .default(600_000, '10m'),
    )
    .option(
      '--traffic <name>',
      `of its middle half: ${traffics.join(', ')}`,
      trafficName,
      'steady' as Traffic,
    )
    .action(({ for: forMs, ...options }: Omit<QuietOptions, 'forMs'> & { readonly for: number }) => {
      parsed = { name: 'quiet', options: { ...options, forMs } };
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
  addSuiteCommands(child, (command) => {
    parsed = command;
  });
  addCompareCommand(child, (command) => {
    parsed = command;
  });
  child('halt')
    .description('stop every run of yours at once, on all levels and in all checkouts, and let none start')
    .argument('[reason]', 'why; whoever wants to start a run reads it', 'no reason given')
    .action((reason: string) => {
      parsed = { name: 'halt', reason };
    });
  child('resume')
    .description('let runs start again after a halt')
    .action(() => {
      parsed = { name: 'resume' };
    });
  child('status')
    .description('say whether everything is halted, and which runs are under way')
    .option('--json', 'for scripts', false)
    .action(({ json }: { readonly json: boolean }) => {
      parsed = { name: 'status', json };
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
        fix: `use one of ${experimentNames.join(', ')}, or ${known.slice(1).join(', ')}`,
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
