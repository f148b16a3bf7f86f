import { runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { generateCommand } from './commands/generate.ts';
import { lintCommand } from './commands/lint.ts';

await runMain(async () => {
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
  return (await runProgram(program)) ?? exitCode;
});
