import { FiredrillError } from '@firedrill/errors';
import type { Command } from 'commander';
import { type RunningLab, readStatus } from '../status/read-status.ts';
import { statusTable } from '../status/status-table.ts';
import { levelsOf } from './level-option.ts';

/** Finds the lab of a level in this checkout; `undefined` when none runs. */
export type FindLab = (level: number) => Promise<RunningLab | undefined>;

/** `pnpm slo status`. */
export function statusCommand(program: Command, findLab: FindLab): void {
  program
    .command('status')
    .description('the objectives of the labs that run: burn rates, budgets, firing alerts')
    .option('--level <number>', 'only this level')
    .option('--json', 'print it as JSON')
    .action(async (options: { level?: string; json?: boolean }) => {
      const found = await Promise.all(levelsOf(options.level).map(findLab));
      const labs = found.filter((lab) => lab !== undefined);
      if (labs.length === 0) {
        const which = options.level === undefined ? 'no lab' : `no lab of level ${options.level}`;
        throw new FiredrillError('lab-not-running', `${which} runs in this checkout`, {
          fix: `run \`pnpm lab up --level ${options.level ?? 1}\``,
        });
      }
      const answers = await Promise.allSettled(labs.map((lab) => readStatus(lab)));
      const levels = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      const silent = answers.find((answer) => answer.status === 'rejected');
      const text =
        options.json === true
          ? JSON.stringify({ levels }, undefined, 2)
          : levels.map(statusTable).join('\n\n');
      // One that is gone does not hide the others.
      if (levels.length > 0) process.stdout.write(`${text}\n`);
      if (silent !== undefined) throw silent.reason;
    });
}
