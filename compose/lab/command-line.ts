import { feedStores, levels } from '@firedrill/topology';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { cachePackCommand } from './commands/cache.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { addLevers } from './commands/levers.ts';
import { logsCommand } from './commands/logs.ts';
import { levelsWithStandbys, promoteCommand } from './commands/promote.ts';
import { provisionCommand } from './commands/provision.ts';
import { queriesCommand } from './commands/queries.ts';
import { statusCommand } from './commands/status.ts';
import { upCommand } from './commands/up.ts';
import { requireLinux } from './up/require-linux.ts';
import { usageError } from './usage-error.ts';

/** `pnpm lab …`. @returns the exit code. @throws {FiredrillError} `usage` for a word that is not known. */
export async function runLabCommand(argv: readonly string[]): Promise<number> {
  requireLinux();
  const program = labProgram();
  if (argv.length === 0) {
    program.outputHelp();
    return 64;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0; // help was asked for and given
    if (error.code === 'commander.help') return 64; // help was given because a word is missing
    throw usageError(program, argv, error);
  }
}

function labProgram(): Command {
  const program = new Command('pnpm lab').description('Starts, shows and stops the lab of this checkout');
  program.exitOverride().configureOutput({ outputError: () => {} });
  const add = (name: string, description: string) => {
    const command = program.command(name).description(description);
    return command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .showSuggestionAfterError(false);
  };
  const level = () => new Option('--level <number>', 'the level').argParser(parseLevel).default(1);

  add('up', 'start it, or find that it runs')
    .addOption(level())
    .addOption(
      new Option('--clock <clock>', 'burn-rate windows').choices(['drill', 'production']).default('drill'),
    )
    .addOption(
      new Option(
        '--timers <timers>',
        'how soon level 4 replaces a lost leader; fast is below what Patroni supports',
      )
        .choices(['supported', 'fast'])
        .default('supported'),
    )
    .addOption(
      new Option(
        '--feed <store>',
        'where feeds are kept: in the database, or as documents over MongoDB’s wire',
      )
        .choices(feedStores)
        .default('postgres'),
    )
    .addOption(
      new Option(
        '--runtime <runtime>',
        'what its parts run in: processes of this machine, containers of Docker Compose, or auto: containers where an engine answers',
      )
        .choices(['auto', 'native', 'docker'])
        .default('native'),
    )
    .option('--json', 'print its status as JSON when it is ready')
    .action(upCommand);
  add('down', 'stop it and remove its folder').addOption(level()).action(downCommand);
  add('status', 'list nodes and edges').addOption(level()).option('--json', 'as JSON').action(statusCommand);
  add('promote', 'make a standby the primary: fence the old one, then let the standby take the writes')
    .argument('<node>', 'a PostgreSQL server of the lab')
    .addOption(level().default(levelsWithStandbys[0]))
    .option('--force', 'although another standby has more: what only that one has is lost')
    .option('--json', 'print the promotion as JSON')
    .action(promoteCommand);
  addLevers((name, description) => add(name, description).addOption(level()));
  add(
    'queries',
    'list the statements that took most of the database’s time, with their plans, and what changed',
  )
    .addOption(level().default(2))
    .option(
      '--since <moment>',
      'compare with `start`, with the `last` call, or with a file that --save wrote',
      'last',
    )
    .addOption(new Option('--top <number>', 'how many').argParser(parseCount).default(10))
    .option('--save <file>', 'keep what is counted now, to compare with later')
    .option('--json', 'as JSON, each plan whole')
    .action(queriesCommand);
  add('logs', "print a node's log")
    .argument('<node>', 'a node or process of the lab')
    .option('-f, --follow', 'and what is appended to it')
    .addOption(level())
    .action(logsCommand);
  add('doctor', 'list each component, its version and its origin')
    .addOption(level())
    .option('--json', 'as JSON')
    .action(doctorCommand);
  add('provision', 'get the components of a level ready, without starting them')
    .addOption(level())
    .addOption(new Option('--also <component...>', 'one that no level needs').choices(['ferretdb']))
    .addOption(
      new Option('--runtime <runtime>', 'components of this machine, or images')
        .choices(['native', 'docker'])
        .default('native'),
    )
    .action(provisionCommand);
  const cache = add('cache', 'the components of this user');
  const pack = cache.command('pack').description('write them as one file for FIREDRILL_CACHE_URL');
  pack
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .option('--out <file>', 'the file', 'firedrill-cache.tar.zst')
    .action(cachePackCommand);
  return program;
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is no whole number from 1 to 9999');
}

function parseLevel(text: string): number {
  const number = Number(text);
  if (levels.some((level) => level.number === number)) return number;
  throw new InvalidArgumentError(`Allowed choices are ${levels.map((level) => level.number).join(', ')}`);
}
