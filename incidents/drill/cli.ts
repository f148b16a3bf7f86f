import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { pastCommands } from './commands/past.ts';
import { playCommands } from './commands/play.ts';
import { startCommand } from './commands/start.ts';

/** `pnpm drill`. */
await runMain(async () => {
  let exitCode = 0;
  const program = new Command('drill')
    .description('Something breaks in a lab, or nothing: the pager rings, and you play until it is over.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  startCommand(program, (code) => {
    exitCode = code;
  });
  playCommands(program);
  pastCommands(program);
  return (await runProgram(program)) ?? exitCode;
});
// After an abort a start of the lab may still be noticing that its parts are gone; nobody waits for that.
process.exit();
