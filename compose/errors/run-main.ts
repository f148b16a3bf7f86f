import { FiredrillError } from './firedrill-error.ts';

/** Runs a command's main function and turns its outcome into an exit code and, on an error, one line on stderr. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (thrown) {
    const error = misspelt(thrown) ?? thrown;
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

/** What `parseArgs` of node:util says of options that it does not know. */
function misspelt(error: unknown): FiredrillError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error) || !code.startsWith('ERR_PARSE_ARGS_')) return undefined;
  const [first = ''] = error.message.split('. ');
  return new FiredrillError('usage', first, {
    fix: 'look at `pnpm bench` for what each takes',
    cause: error,
  });
}
