import { requireLine } from '@firedrill/errors';
import { thisUser } from '@firedrill/lab/control';
import { type Command, InvalidArgumentError } from 'commander';
import type { ActDraft } from '../pager/act.ts';
import { actText } from '../pager/timeline.ts';
import { incidentLine, printable } from '../text/incident-line.ts';
import { labStanding } from './lab-standing.ts';
import { openPager, say } from './open-pager.ts';
import { runningLabs } from './running-labs.ts';

interface ActOptions {
  readonly by: string;
  readonly revision?: number;
  readonly force?: true;
  readonly json?: true;
}

/** Who somebody is, as one line. @throws {FiredrillError} `usage` */
export const person = (where: string, name: string) => requireLine(where, name, 'name a person');

/** `pnpm oncall ack | assign | note | resolve | escalate <id> …`: what a person does about an incident. */
export function actCommands(program: Command): void {
  const child = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .argument('<id>', 'of the incident, or enough of its beginning')
      .option('--by <name>', 'who you are', defaultName())
      .option('--revision <number>', 'only if nobody acted since `show` said this one', revisionOf)
      .option('--json', 'print the incident as JSON');

  child('ack', 'acknowledge it: you have it').action((id: string, options: ActOptions) =>
    perform(id, { kind: 'acknowledge' }, options),
  );
  child('assign', 'give it to somebody')
    .argument('<person>')
    .action((id: string, to: string, options: ActOptions) =>
      perform(id, { kind: 'assign', to: person('<person>', to) }, options),
    );
  child('note', 'write down what you saw or did, also when it is over')
    .argument('<text...>')
    .action((id: string, words: readonly string[], options: ActOptions) => {
      const text = requireLine('<text>', words.join(' '), 'write one line');
      return perform(id, { kind: 'note', text }, options);
    });
  child('resolve', 'say that it is over')
    .option('--text <text>', 'how')
    .option('--force', 'though a page still fires')
    .action((id: string, { text, ...options }: ActOptions & { readonly text?: string }) =>
      perform(id, { kind: 'resolve', ...withText(text) }, options),
    );
  child('escalate', 'ask for somebody else: it rings again, and you have it no more')
    .option('--to <name>', 'whom')
    .option('--text <text>', 'why')
    .action((id: string, options: ActOptions & { readonly to?: string; readonly text?: string }) => {
      const to = options.to === undefined ? {} : { to: person('--to', options.to) };
      return perform(id, { kind: 'escalate', ...to, ...withText(options.text) }, options);
    });
}

const withText = (text: string | undefined) =>
  text === undefined ? {} : { text: requireLine('--text', text, 'write one line') };

async function perform(id: string, draft: ActDraft, options: ActOptions): Promise<void> {
  const by = person('--by', options.by);
  const running = await runningLabs();
  const pager = openPager();
  try {
    const found = pager.find(id);
    const standing = labStanding(found, running);
    // Nothing will ever end the pages of a lab that is gone.
    const force = options.force === true || standing === 'gone';
    const { revision } = options;
    const incident = pager.act(id, draft, { by, force, ...(revision === undefined ? {} : { revision }) });
    const did = `${by} ${actText(incident.acts.at(-1)!)}`;
    say(options.json, incident, `${printable(did)}\n${incidentLine(incident, Date.now(), standing)}`);
  } finally {
    pager.close();
  }
}

export function defaultName(): string {
  return process.env['USER'] ?? thisUser().username;
}

function revisionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('is not a whole number (digits only)');
  return Number(text);
}
