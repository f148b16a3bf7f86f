import { FiredrillError } from '@firedrill/errors';
import { formatDuration } from '@firedrill/slo';
import { type Command, Option } from 'commander';
import { longestSilenceSeconds, type SilenceWords, silenceDraft } from '../silences/silence-draft.ts';
import { levelSilence, silencesText, silenceText } from '../silences/silence-text.ts';
import { Silences } from '../silences/silences.ts';
import { type FindLab, runningLabs, theRunningLab } from './running-labs.ts';

interface Common {
  readonly level?: string;
  readonly json?: true;
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** `pnpm alerts silence <alert> …`, `… silence list`, `… silence expire <id>`. */
export function silenceCommand(program: Command, findLab: FindLab): void {
  const silence = program
    .command('silence')
    .description('hold an alert back for a while, by Alertmanager; a run under way names it in its verdict');
  const child = (name: string, description: string, isDefault = false): Command =>
    silence
      .command(name, { isDefault })
      .description(description)
      .option('--level <number>', 'the level of the lab; needed only where several run')
      .option('--json', 'print it as JSON');

  child('create', 'silence one alert (the word "create" may be left out)', true)
    .argument('<alert>', 'by its exact name')
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--for <time>', `how long, at most ${formatDuration(longestSilenceSeconds)}: 30m`)
    .requiredOption('--reason <text>', 'why nobody shall be told')
    .addOption(new Option('--severity <which>', 'only its pages or its tickets').choices(['page', 'ticket']))
    .option('--match <label=value>', 'only where this label has this value; may be repeated', collect, [])
    .action((alert: string, options: Omit<SilenceWords, 'alert'> & Common) =>
      create({ ...options, alert }, findLab),
    );
  child('list', 'what is silenced in the labs that run')
    .option('--all', 'what has ended, too')
    .action((options: Common & { readonly all?: true }) => list(options, findLab));
  child('expire', 'end a silence now')
    .argument('<id>', 'as `pnpm alerts silence list` shows it')
    .action((id: string, options: Common) => expire(id, options, findLab));
}

async function create(words: SilenceWords & Common, findLab: FindLab): Promise<void> {
  const { level, alertmanagerUrl } = await theRunningLab(findLab, words.level);
  const draft = silenceDraft(level, words, new Date());
  const id = await new Silences(alertmanagerUrl).create(draft);
  const made = levelSilence(level, { ...draft, id, status: { state: 'active' } });
  say(words, made, `silenced: ${silenceText(made)}\n  end it with \`pnpm alerts silence expire ${id}\``);
}

async function list(options: Common & { readonly all?: true }, findLab: FindLab): Promise<void> {
  const silences = await allSilences(options, findLab);
  const shown = silences.filter(({ state }) => options.all === true || state !== 'expired');
  say(options, { silences: shown }, silencesText(shown));
}

async function expire(id: string, options: Common, findLab: FindLab): Promise<void> {
  const labs = await runningLabs(findLab, options.level);
  const found = (await allSilences(options, findLab)).find((silence) => silence.id === id);
  const fix = 'see `pnpm alerts silence list --all`';
  if (found === undefined)
    throw new FiredrillError('usage', 'no lab that runs has this silence', { where: id, fix });
  if (found.state === 'expired')
    throw new FiredrillError('usage', `it ended already, at ${found.endsAt}`, { where: id, fix });
  const silences = new Silences(labs.find(({ level }) => level === found.level)!.alertmanagerUrl);
  await silences.expire(id);
  const ended = levelSilence(found.level, (await silences.list()).find((one) => one.id === id)!);
  say(options, ended, `ended: ${silenceText(ended)}`);
}

async function allSilences(options: Common, findLab: FindLab) {
  const labs = await runningLabs(findLab, options.level);
  const perLab = labs.map(async ({ level, alertmanagerUrl }) =>
    (await new Silences(alertmanagerUrl).list()).map((one) => levelSilence(level, one)),
  );
  return (await Promise.all(perLab)).flat();
}

function say(options: Common, json: unknown, text: string): void {
  process.stdout.write(`${options.json === true ? JSON.stringify(json, undefined, 2) : text}\n`);
}
