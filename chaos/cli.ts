import { resolve } from 'node:path';
import { runMain } from '@firedrill/errors';
import { thisCheckout } from '@firedrill/lab/control';
import { beginRun } from './engine/begin-run.ts';
import { parseCommandLine, type QuietOptions, type RunOptions } from './engine/command-line.ts';
import { exitCodes } from './engine/exit-code.ts';
import type { OpenPager } from './engine/lab-pager.ts';
import { listText } from './engine/list-text.ts';
import { planText } from './engine/plan-text.ts';
import { prepareRun } from './engine/prepare-run.ts';
import { createProgress } from './engine/progress.ts';
import { quietPlan } from './engine/quiet-plan.ts';
import type { OpenResponder } from './engine/responder.ts';
import { runtimeFor } from './engine/runtime-for.ts';
import { verdictText } from './engine/verdict-text.ts';
import { experiments } from './experiments/index.ts';
import { faults } from './faults/index.ts';
import type { Plan } from './journal/event.ts';
import type { Target } from './target.ts';
import { shop } from './targets/shop.ts';

/** pnpm changes into the package; what the user typed is relative to where the user stood. */
const base = process.env.INIT_CWD ?? process.cwd();

async function run(nameOrPath: string, options: RunOptions, openPager: OpenPager): Promise<number> {
  const { plan, target } = await prepareRun({ experiment: nameOrPath, ...options }, base);
  return carryOut(plan, target, options, openPager);
}

function quiet({ level = 1, ...options }: QuietOptions, openPager: OpenPager): Promise<number> {
  return carryOut(quietPlan({ topology: shop.topology(level), ...options }), shop, options, openPager);
}

// The interpreter and what heals are loaded when they are needed: a report's plots take longer to load than a heal takes.
async function carryOut(
  plan: Plan,
  target: Target,
  options: Pick<RunOptions, 'dryRun' | 'json' | 'keepLab' | 'out' | 'runtime'>,
  openPager: OpenPager,
): Promise<number> {
  if (options.dryRun) {
    process.stdout.write(options.json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan));
    return 0;
  }
  const runtime = await runtimeFor(plan, options.runtime);
  const topology = target.topology(plan.level);
  const runs = options.out === undefined ? resolve(thisCheckout, 'runs') : resolve(base, options.out);
  const files = await beginRun(runs, { plan, target });
  const progress = createProgress();
  const { interpret } = await import('./engine/interpreter.ts');
  const { keepLab } = options;
  const verdict = await interpret({ plan, topology, target, files, keepLab, runtime, openPager, progress });
  process.stdout.write(
    options.json ? `${JSON.stringify(verdict, null, 2)}\n` : `\n${verdictText(verdict, files.folder)}`,
  );
  return exitCodes[verdict.verdict];
}

async function main(openPager: OpenPager, openResponder: OpenResponder): Promise<number> {
  const command = await parseCommandLine(
    process.argv.slice(2),
    experiments.map((one) => one.name),
  );
  switch (command.name) {
    case 'help':
      process.stdout.write(command.text);
      return 0;
    case 'list':
      process.stdout.write(listText(experiments, faults));
      return 0;
    case 'heal': {
      const { healLabs } = await import('./engine/heal-command.ts');
      process.stdout.write(`${await healLabs(command.level)}\n`);
      return 0;
    }
    case 'suite':
    case 'matrix': {
      const { suiteCommand } = await import('./suite/command.ts');
      return suiteCommand(command, base);
    }
    case 'compare': {
      const { compareCommand } = await import('./compare/command.ts');
      return compareCommand(command, { base, openPager, openResponder });
    }
    case 'halt':
    case 'resume':
    case 'status': {
      const { obey } = await import('./halt/obey.ts');
      process.stdout.write(`${await obey(command)}\n`);
      return 0;
    }
    case 'run':
      return run(command.experiment, command.options, openPager);
    case 'quiet':
      return quiet(command.options, openPager);
  }
}

/** `pnpm chaos`. The pager, and who follows a runbook, are right of this room, so the door (bin/chaos.mjs) brings them. */
export async function chaosMain(openPager: OpenPager, openResponder: OpenResponder): Promise<never> {
  await runMain(() => main(openPager, openResponder));
  // After an abort a start of the lab may still be noticing that its parts are gone; nobody waits for that.
  process.exit();
}
