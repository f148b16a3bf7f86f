import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import type { FindLab } from './commands/running-labs.ts';
import { silenceCommand } from './commands/silence.ts';

/** `pnpm alerts`. Labs are right of this room, so its door (bin/alerts.mjs) tells it how to find one. */
export const alertsMain = (findLab: FindLab): Promise<void> =>
  runMain(async () => {
    const program = new Command('alerts')
      .description('The alerts of the labs that run.')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    silenceCommand(program, findLab);
    return (await runProgram(program)) ?? 0;
  });
