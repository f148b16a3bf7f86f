import { join, relative, resolve } from 'node:path';
import { FiredrillError, runMain, runProgram } from '@firedrill/errors';
import { thisCheckout } from '@firedrill/lab/control';
import { Command } from 'commander';
import { openPager, say } from '../commands/open-pager.ts';
import { runningLabs } from '../commands/running-labs.ts';
import type { Incident } from '../pager/incident.ts';
import { runOf } from '../run-of.ts';
import { runUnderWay } from '../run-under-way.ts';
import { mayHaveCaused } from './may-have-caused.ts';

interface Options {
  readonly out: string;
  readonly runs: string;
  readonly draft?: true;
  readonly force?: true;
  readonly json?: true;
}

/** `pnpm incident report <id>`. */
await runMain(async () => {
  const program = new Command('incident')
    .description('What is left of an incident when it is over.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  program
    .command('report')
    .description('write its post-incident report, or write it again: what people wrote into it stays')
    .argument('<id>', 'of the incident, or enough of its beginning')
    .option('--out <folder>', 'where the folders of the reports are', join(thisCheckout, 'post-incident'))
    .option('--runs <folder>', 'where the folders of the runs are', join(thisCheckout, 'runs'))
    .option('--draft', 'though the incident is not over')
    .option('--force', 'though it was changed outside of what is yours; the old one is kept beside it')
    .option('--json', 'print what was written as JSON')
    .action(report);
  return (await runProgram(program)) ?? 0;
});

async function report(id: string, options: Options): Promise<void> {
  const startedMs = performance.now();
  const pager = openPager();
  const incident = pager.find(id);
  const ofLab = pager.incidents(incident.lab);
  pager.close();
  refuseOpen(incident, options.draft === true);
  const runs = resolve(options.runs);
  const lab = (await runningLabs()).get(incident.lab);
  const underWay = lab === undefined ? undefined : runUnderWay(lab.home);
  const run = await runOf(incident, runs, underWay);
  if (run === null && underWay !== undefined && mayHaveCaused(underWay, incident)) throw sealed(incident);
  const folder = join(resolve(options.out), incident.id);
  const { force = false } = options;
  // It knows every check and draws: only who gets a report waits for it.
  if (process.stderr.isTTY && options.json !== true) {
    const asked =
      run !== null
        ? `reading the run ${run}`
        : lab === undefined
          ? 'reading what was kept'
          : 'asking the lab';
    process.stderr.write(`incident: ${asked} …\n`);
  }
  const { writePostIncident } = await import('./post-incident.ts');
  const made = await writePostIncident({ incident, ofLab, run, runs, lab, folder, force, now: new Date() });
  const tookMs = Math.round(performance.now() - startedMs);
  const shown = relative(process.cwd(), folder) || '.';
  const from = made.run === null ? 'no run caused it' : `from the run ${made.run}`;
  const kept = made.kept.length === 0 ? '' : `; yours and kept: ${made.kept.join(', ')}`;
  say(
    options.json,
    { incident: incident.id, folder, tookMs, ...made },
    `${shown}/report.html  ${from}, in ${(tookMs / 1000).toFixed(1)} s${kept}`,
  );
}

function refuseOpen({ id, status }: Incident, draft: boolean): void {
  if (status === 'resolved' || draft) return;
  throw new FiredrillError('incident-open', `it is not over (${status})`, {
    where: id,
    fix: `say that it is: \`pnpm oncall resolve ${id}\`, or make a draft by --draft`,
  });
}

/** What a drill or a run under way does is not told before its end. */
function sealed({ id }: Incident): FiredrillError {
  return new FiredrillError(
    'lab-busy',
    'a run is under way on its lab: what caused the incident is told when it is over',
    { where: id, fix: 'wait for it' },
  );
}
