import { once } from 'node:events';
import { resolve } from 'node:path';
import { runMain, runProgram } from '@firedrill/errors';
import { findLab } from '@firedrill/lab';
import { thisCheckout } from '@firedrill/lab/control';
import { levels } from '@firedrill/topology';
import { Command, InvalidArgumentError } from 'commander';
import { serveDash } from './server/serve.ts';

interface Options {
  readonly level?: number;
  readonly port?: number;
  readonly runs?: string;
  readonly json?: true;
}

/** `pnpm dash`. */
await runMain(async () => {
  const program = new Command('dash')
    .description(
      'Objectives, alerts, topology, the running experiment and past runs of a lab, live in the browser.',
    )
    .option(
      '--level <number>',
      'the lab that it looks at, also before it starts; by default the one that runs, or 1',
      levelOf,
    )
    .option('--port <number>', 'on 127.0.0.1; a free one by default', portOf)
    .option('--runs <folder>', 'where the folders of the runs are; default runs')
    .option('--json', 'print level, port and address as one line of JSON')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .action(dash);
  return (await runProgram(program)) ?? 0;
});

async function dash({ level: wanted, port = 0, runs, json }: Options): Promise<void> {
  const level = wanted ?? (await runningLevel());
  const folder =
    runs === undefined
      ? resolve(thisCheckout, 'runs')
      : resolve(process.env['INIT_CWD'] ?? process.cwd(), runs);
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const served = await serveDash({ level, port, runs: folder });
  const told = json
    ? JSON.stringify({ level, port: served.port, url: served.url })
    : `level ${level}: ${served.url}\nonly with this token, only from this machine; Ctrl-C ends it`;
  process.stdout.write(`${told}\n`);
  await ended;
  await served.close();
}

/** The lowest level whose lab runs in this checkout; 1 where none does. */
async function runningLevel(): Promise<number> {
  const labs = await Promise.all(levels.map(({ number }) => findLab(number)));
  return labs.find((lab) => lab !== undefined)?.level ?? 1;
}

function levelOf(text: string): number {
  const known = levels.map(({ number }) => number);
  if (known.includes(Number(text))) return Number(text);
  throw new InvalidArgumentError(`use one of ${known.join(', ')}`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return port;
  throw new InvalidArgumentError('use a number from 1024 to 65535');
}
