import { FiredrillError } from './firedrill-error.ts';

/** What is needed of commander's `Command`, so that this package depends on nothing. Set it to `exitOverride()`. */
interface Program {
  name(): string;
  helpInformation(): string;
  parseAsync(): Promise<unknown>;
}

/**
 * Runs the command that the process's words name. @returns undefined when it ran, else the exit code: 0 for help that
 * was asked for, 64 for help because a word is missing. @throws {FiredrillError} `usage` for a word that is not known.
 */
export async function runProgram(program: Program): Promise<0 | 64 | undefined> {
  try {
    await program.parseAsync();
    return undefined;
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') {
      process.stdout.write(program.helpInformation());
      return 64;
    }
    throw new FiredrillError('usage', error.message.replace(/^error: /, ''), {
      fix: `see \`pnpm ${program.name()} --help\``,
      cause: error,
    });
  }
}

function isCommanderError(
  error: unknown,
): error is Error & { readonly code: string; readonly exitCode: number } {
  return (
    error instanceof Error &&
    'code' in error &&
    'exitCode' in error &&
    /^commander\./.test(String(error.code))
  );
}
