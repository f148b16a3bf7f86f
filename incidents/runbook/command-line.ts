import { FiredrillError } from '@firedrill/errors';
import { levels } from '@firedrill/topology';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import {
  listCommand,
  type RunCommandOptions,
  runCommand,
  type ShowCommandOptions,
  showCommand,
} from './commands.ts';

/** `pnpm runbook …`. @returns the exit code. @throws {FiredrillError} `usage` for a word that is not known. */
export async function runRunbookCommand(words: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('pnpm runbook').description(
    'Shows the runbook of an alert, or walks it with you',
  );
  const add = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .option('--json', 'as JSON, and nothing else on stdout');
  program.exitOverride().configureOutput({ outputError: () => {} });
  add('list', 'list the runbooks').action(listCommand);
  add('show', 'show one (the word "show" may be left out)')
    .argument('<alert>')
    .option('--level <number>', 'only what is due there', parseLevel)
    .action((alert: string, options: ShowCommandOptions) => showCommand(alert, options));
  add('run', 'ask what it asks, do what it says, see whether that helped; asks before it changes anything')
    .argument('<alert>')
    .option('--level <number>', 'the level of the lab; default the one that runs', parseLevel)
    .option('--yes', 'do not ask')
    .action(async (alert: string, options: RunCommandOptions) => {
      exitCode = await runCommand(alert, options);
    });
  const [first] = words;
  const known = [...program.commands.map((one) => one.name()), 'help', '--help', '-h'];
  const full =
    first === undefined || first === '--json'
      ? ['list', ...words]
      : known.includes(first)
        ? words
        : ['show', ...words];
  try {
    await program.parseAsync([...full], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw new FiredrillError('usage', error.message.replace(/^error: /, '').replaceAll(/\s+/g, ' '), {
      fix: 'see `pnpm runbook --help`',
      cause: error,
    });
  }
}

function parseLevel(text: string): number {
  const number = Number(text);
  if (levels.some((level) => level.number === number)) return number;
  throw new InvalidArgumentError(`use one of ${levels.map((level) => level.number).join(', ')}`);
}
