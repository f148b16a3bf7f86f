import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { thisCheckout } from '@firedrill/lab/control';
import type { Command } from 'commander';
import { timelineOf } from '../pager/timeline.ts';
import { runOf } from '../run-of.ts';
import { runUnderWay } from '../run-under-way.ts';
import { showText } from '../text/show-text.ts';
import { labStanding } from './lab-standing.ts';
import { openPager, say } from './open-pager.ts';
import { runningLabs } from './running-labs.ts';

/** `pnpm oncall show <id>`. */
export function showCommand(program: Command): void {
  program
    .command('show')
    .description('an incident: its alerts, who has it, and what happened')
    .argument('<id>', 'of the incident, or enough of its beginning')
    .option('--json', 'print it as JSON')
    .action(show);
}

async function show(id: string, { json }: { readonly json?: true }): Promise<void> {
  const pager = openPager();
  const incident = pager.find(id);
  pager.close();
  const running = await runningLabs();
  const lab = running.get(incident.lab);
  const underWay = lab === undefined ? undefined : runUnderWay(lab.home);
  const run = await runOf(incident, join(thisCheckout, 'runs'), underWay).catch((error: unknown) => {
    if (!(error instanceof FiredrillError)) throw error;
    // Who is on call needs all the rest at once.
    process.stderr.write(`oncall: which run it came from is not known: ${error.toLine()}\n`);
    return null;
  });
  const timeline = timelineOf(incident);
  const labRuns = lab !== undefined;
  const standing = labStanding(incident, running);
  say(
    json,
    { incident, timeline, run, labRuns },
    showText({ incident, timeline, run, standing, nowMs: Date.now() }),
  );
}
