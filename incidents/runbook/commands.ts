import { createInterface } from 'node:readline/promises';
import { FiredrillError } from '@firedrill/errors';
import { chooseLab, requireLevel } from './choose-lab.ts';
import { labHands } from './lab-hands.ts';
import { patienceMs } from './patience.ts';
import { runRunbook } from './run-runbook.ts';
import { openShelf, runbookFor } from './shelf.ts';
import { showRunbook } from './show-runbook.ts';
import { styleFor } from './style.ts';
import { eventText } from './transcript-text.ts';

const widthOf = (stream: NodeJS.WriteStream): number => stream.columns ?? 100;

/** `pnpm runbook`: every runbook in one line. */
export function listCommand({ json }: { readonly json?: true }): void {
  const list = [...openShelf().values()].map(({ alert, severity, levels, path }) => ({
    alert,
    severity,
    levels,
    path,
  }));
  const lines = list.map(
    ({ alert, severity, levels }) =>
      `${alert.padEnd(24)}${severity.join(', ').padEnd(14)}levels ${levels.join(', ')}`,
  );
  process.stdout.write(`${json ? JSON.stringify(list, null, 2) : lines.join('\n')}\n`);
}

export interface ShowCommandOptions {
  readonly level?: number;
  readonly json?: true;
}

/** `pnpm runbook <alert>`. */
export function showCommand(alert: string, { level, json }: ShowCommandOptions): void {
  const runbook = runbookFor(openShelf(), alert);
  if (level !== undefined) requireLevel(runbook, level);
  const { stdout } = process;
  const options = {
    width: widthOf(stdout),
    style: styleFor(stdout),
    ...(level === undefined ? {} : { level }),
  };
  stdout.write(json === true ? `${JSON.stringify(runbook, null, 2)}\n` : showRunbook(runbook, options));
}

export interface RunCommandOptions extends ShowCommandOptions {
  readonly yes?: true;
}

/** What a walk's end is for a script. */
const exitCodes = { recovered: 0, degraded: 1, escalated: 1 } as const;

/** `pnpm runbook run <alert>`. @returns the exit code: 0 when it is over, 1 when somebody else must help. */
export async function runCommand(alert: string, { level, json, yes }: RunCommandOptions): Promise<number> {
  const shelf = openShelf();
  const runbook = runbookFor(shelf, alert);
  const lab = await chooseLab(runbook, level);
  if (!yes && !process.stdin.isTTY) {
    throw new FiredrillError('usage', 'nobody can be asked here before something is done', {
      fix: 'run it in a terminal, or add --yes',
    });
  }
  const stream = json ? process.stderr : process.stdout;
  const style = styleFor(stream);
  stream.write(`${style.strong(`${runbook.alert} at level ${lab.level}`)}\n`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new FiredrillError('aborted', 'the runbook was left')));
  const transcript = await runRunbook(runbook, {
    shelf,
    hands: labHands(lab),
    confirm: (question) => (yes ? Promise.resolve(true) : ask(question, stop.signal)),
    onEvent: (event) => stream.write(`${eventText(event, style, widthOf(stream))}\n`),
    patienceMs: patienceMs(lab),
    signal: stop.signal,
  });
  if (json) process.stdout.write(`${JSON.stringify(transcript, null, 2)}\n`);
  return exitCodes[transcript.outcome];
}

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`  ${question}   do it? [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}
