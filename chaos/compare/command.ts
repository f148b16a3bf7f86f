import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { thisCheckout } from '@firedrill/lab/control';
import { refuseUnfitLab } from '../engine/begin-run.ts';
import type { OpenPager } from '../engine/lab-pager.ts';
import type { OpenResponder } from '../engine/responder.ts';
import { inField, inSource } from '../experiments/blame.ts';
import { findExperiment } from '../experiments/index.ts';
import { targetByName } from '../targets/target-by-name.ts';
import type { CompareCommand } from './command-line.ts';
import { comparisonExitCode } from './comparison-of.ts';
import { comparisonText, plannedText } from './comparison-text.ts';
import { type PlannedComparison, planComparison } from './plan-comparison.ts';

export interface CompareContext {
  /** Where relative paths start. */
  readonly base: string;
  readonly openPager: OpenPager;
  readonly openResponder: OpenResponder;
}

/**
 * `pnpm chaos compare <experiment>`.
 * @returns the exit code: 0 every row was measured, 1 one failed, 2 something is not known, 3 stopped on the way.
 * @throws {FiredrillError} with exit code 64 for what cannot be compared; nothing was started then.
 */
export async function compareCommand(command: CompareCommand, context: CompareContext): Promise<number> {
  const { base, openPager, openResponder } = context;
  const { json, dryRun, again, out } = command.options;
  const planned = await plan(command, base);
  const print = (value: object, text: string): void =>
    void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
  if (dryRun) {
    const { key, rps, holdMs, yardstick, rows } = planned;
    const plans = rows.map((row) => ({ row: row.row, plan: row.plan }));
    print({ key, rps, holdMs, yardstick, rows: plans }, plannedText(planned));
    return 0;
  }
  for (const { topology } of planned.rows) refuseUnfitLab(topology);
  const { runComparison } = await import('./run-comparison.ts');
  const { comparison, folder, stopped } = await runComparison({
    planned,
    out: out === undefined ? resolve(thisCheckout, 'runs') : resolve(base, out),
    again,
    onLine: (line) => void process.stderr.write(`${line}\n`),
    openPager,
    openResponder,
  });
  const { drawComparison } = await import('./draw-comparison.ts');
  writeFileSync(join(folder, 'comparison.json'), `${JSON.stringify(comparison, null, 2)}\n`);
  writeFileSync(join(folder, 'comparison.txt'), `${comparisonText(comparison, folder)}\n`);
  writeFileSync(join(folder, 'comparison.svg'), drawComparison(comparison));
  print(comparison, comparisonText(comparison, folder));
  return stopped === undefined ? comparisonExitCode(comparison) : 3;
}

/** All that can be told before anything is started. */
async function plan(
  { experiment: source, options }: CompareCommand,
  base: string,
): Promise<PlannedComparison> {
  const experiment = await findExperiment(source, base);
  const target = inSource(source, () => inField('target', () => targetByName(experiment.target)));
  const { levels, variant, seed, hold: holdMs } = options;
  return inSource(source, () => planComparison({ experiment, target, levels, variant, seed, holdMs }));
}
