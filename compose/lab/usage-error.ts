import { FiredrillError } from '@firedrill/errors';
import type { Command, CommanderError } from 'commander';

/** Commander's error as ours: one line that names the word and lists what there is in its place. */
export function usageError(program: Command, argv: readonly string[], error: CommanderError): FiredrillError {
  const said = error.message
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.\s*$/, '');
  const [, message = said, choices] = /^(.*?)\. Allowed choices are (.*)$/.exec(said) ?? [];
  return new FiredrillError('usage', message, {
    fix: `use one of ${choices ?? choicesFor(program, argv, error.code)}`,
    cause: error,
  });
}

function choicesFor(program: Command, argv: readonly string[], code: string): string {
  const command = commandOf(program, argv);
  const options = command.options.map((option) => option.long ?? option.flags).join(', ');
  const commands = command.commands.map((child) => child.name()).join(', ');
  if (code === 'commander.unknownOption') return options || 'no option';
  return commands || options;
}

/** The command that the words lead to. */
function commandOf(program: Command, argv: readonly string[]): Command {
  const [word, ...rest] = argv;
  const child = program.commands.find((one) => one.name() === word);
  return child === undefined ? program : commandOf(child, rest);
}
