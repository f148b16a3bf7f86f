import type { Command } from 'commander';
import { defaultName, person } from '../../commands/acts.ts';
import { say } from '../../commands/open-pager.ts';
import { diagnosis, hint, resolution } from '../acts.ts';
import { causeNames } from '../cause.ts';
import { currentDrill } from '../current-drill.ts';
import { addEvent } from '../drill-journal.ts';
import type { DrillEntry, DrillEvent } from '../event.ts';
import { incidentsOfDrill, pagesOf } from '../incidents-of-drill.ts';
import { statusOf, statusText } from '../status-text.ts';

interface PlayOptions {
  readonly by: string;
  readonly json?: true;
}

/** `pnpm drill status | diagnose | hint | resolve`: what those who play do. */
export function playCommands(program: Command): void {
  const child = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--by <name>', 'who you are', defaultName())
      .option('--json', 'print the state of the drill as JSON');
  program
    .command('status')
    .description('what is known of the drill that is under way')
    .option('--json', 'print it as JSON')
    .action(({ json }: { readonly json?: true }) => show(currentDrill().events, json));
  child('diagnose', 'say what is the matter; one thing at a time, and a wrong one costs')
    .requiredOption('--component <name>', 'a node of `pnpm lab status`, or none')
    .requiredOption('--cause <cause>', causeNames.join(', '))
    .action((options: PlayOptions & { readonly component: string; readonly cause: string }) =>
      play(options, (events) =>
        diagnosis(events, person('--by', options.by), options.component, options.cause),
      ),
    );
  child('hint', 'the next hint; it costs').action((options: PlayOptions) =>
    play(options, (events) => hint(events, person('--by', options.by), pagesOf(incidentsOfDrill(events)))),
  );
  child('resolve', 'say that it is over').action((options: PlayOptions) =>
    play(options, (events) => resolution(events, person('--by', options.by))),
  );
}

async function play(
  { json }: PlayOptions,
  entryOf: (events: readonly DrillEvent[]) => DrillEntry,
): Promise<void> {
  show(await addEvent(currentDrill().folder, entryOf), json);
}

function show(events: readonly DrillEvent[], json: true | undefined): void {
  const status = statusOf(events, incidentsOfDrill(events));
  say(json, status, statusText(status, Date.now()));
}
