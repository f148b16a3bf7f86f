import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { generateCommand } from './commands/generate.ts';
import { lintCommand } from './commands/lint.ts';
import { type FindLab, statusCommand } from './commands/status.ts';

/** `pnpm slo`. Labs are right of this room, so its door (bin/slo.mjs) tells it how to find one. */
export const sloMain = (findLab: FindLab): Promise<void> =>
  runMain(async () => {
    let exitCode = 0;
    const end = (code: number): void => {
      exitCode = code;
    };
    const program = new Command('slo')
      .description('The service level objectives: specs, rules, budgets.')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    generateCommand(program, end);
    lintCommand(program, end);
    statusCommand(program, findLab);
    return (await runProgram(program)) ?? exitCode;
  });
