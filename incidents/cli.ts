import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { actCommands } from './commands/acts.ts';
import { listCommand } from './commands/list.ts';
import { showCommand } from './commands/show.ts';
import { watchCommand } from './commands/watch.ts';

/** `pnpm oncall`. */
await runMain(async () => {
  const program = new Command('oncall')
    .description('The pager: the incidents of the labs of this checkout, and who has them.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  listCommand(program);
  showCommand(program);
  actCommands(program);
  watchCommand(program);
  return (await runProgram(program)) ?? 0;
});
