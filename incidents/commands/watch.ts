import type { Command } from 'commander';
import { jsonDisplay, lineDisplay, screenDisplay } from '../watch/display.ts';
import { watch } from '../watch/watch.ts';
import { openPager } from './open-pager.ts';

/** `pnpm oncall watch`. */
export function watchCommand(program: Command): void {
  program
    .command('watch')
    .description('a live screen that rings for a page; without a terminal a line for each change')
    .option('--json', 'print a JSON line for each change')
    .action(run);
}

async function run({ json }: { readonly json?: true }): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const { stdout } = process;
  // Whoever read it is gone.
  stdout.on('error', () => stop.abort());
  const write = (text: string) => void stdout.write(text);
  const pager = openPager();
  const display =
    json === true ? jsonDisplay(write) : stdout.isTTY === true ? screenDisplay(stdout) : lineDisplay(write);
  try {
    await watch(pager, display, stop.signal);
  } finally {
    display.end();
    pager.close();
  }
}
