import { FiredrillError } from './firedrill-error.ts';

/** Runs a command's main function and turns its outcome into an exit code and, on an error, one line on stderr. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof FiredrillError) {
      process.stderr.write(`${error.toLine()}\n`);
      process.exitCode = error.exitCode;
      return;
    }
    process.stderr.write(
      `firedrill: ${error instanceof Error ? (error.stack ?? error.message) : String(error)} [internal]\n`,
    );
    process.exitCode = 70;
  }
}
