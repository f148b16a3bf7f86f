import { randomInt } from 'node:crypto';
import { relative } from 'node:path';
import { readOperations } from '@firedrill/lab';
import { labHome, readLabState } from '@firedrill/lab/control';
import { parseDuration } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultName, person } from '../../commands/acts.ts';
import { debriefText } from '../debrief.ts';
import type { Wanted } from '../draw.ts';
import { openFolder } from '../drill-folders.ts';
import type { Begun } from '../event.ts';
import type { DrillResult } from '../run-drill.ts';

/** From the end of its quiet beginning, ms. */
const shortestMs = 60_000;
const longestMs = 1_800_000;

interface StartOptions extends Wanted {
  readonly seed?: number;
  readonly operator: Begun['operator'];
  readonly for: number;
  readonly by: string;
  readonly out?: string;
  readonly json?: true;
}

/** `pnpm drill start`. @param onEnd gets the exit code. */
export function startCommand(program: Command, onEnd: (exitCode: number) => void): void {
  program
    .command('start')
    .description('begin a drill here, and play it from other terminals; Ctrl-C breaks it off')
    .option('--seed <number>', 'draws what is hidden; default a random one', wholeNumber)
    .option('--level <number>', 'of the lab; default any', wholeNumber)
    .option('--scenario <name>', 'for whoever gives a drill to somebody else: one of `pnpm drill list`')
    .addOption(
      new Option('--operator <who>', 'who plays: you, or the runbooks alone')
        .choices(['player', 'runbook'])
        .default('player'),
    )
    .addOption(
      new Option('--for <duration>', 'how long it may take').argParser(duration).default(600_000, '10m'),
    )
    .option('--by <name>', 'who you are', defaultName())
    .option('--out <folder>', 'where its run is kept when it is over; default runs')
    .option('--json', 'print the score as JSON, and nothing else on stdout')
    .action(async (options: StartOptions) => onEnd(await start(options)));
}

async function start(options: StartOptions): Promise<number> {
  const { operator, json, out } = options;
  const by = person('--by', options.by);
  const seed = options.seed ?? randomInt(1, 1_000_000);
  // A run's engine, experiments and plots take long to load: those who only play do not wait for them.
  const [{ refuseOperatedLab, refusePromotedLab, refuseWhileHalted }, { drawScenario }, { runDrill }] =
    await Promise.all([import('@firedrill/chaos/engine'), import('../draw.ts'), import('../run-drill.ts')]);
  const scenario = drawScenario(seed, options);
  const { level } = scenario;
  refuseWhileHalted();
  refusePromotedLab(levelByNumber(level), readLabState(labHome(level)));
  refuseOperatedLab(level, readOperations({ home: labHome(level) }));
  const result = await runDrill({
    ...{ scenario, seed, operator, by, limitMs: options.for, runs: openFolder(out) },
    onBegun: (drill) => process.stderr.write(beginning(drill, level, operator)),
  });
  process.stdout.write(
    json === true
      ? `${JSON.stringify(resultOf(result), null, 2)}\n`
      : `\n${debriefText(result.events)}\ndebrief  ${relative(process.cwd(), result.folder) || '.'}/debrief.md\n`,
  );
  if (result.score === undefined) return 3;
  return result.score.resolved ? 0 : 1;
}

const resultOf = ({ drill, score }: DrillResult) => ({ drill, score: score ?? null });

const beginning = (drill: string, level: number, operator: Begun['operator']): string =>
  [
    `drill ${drill} at level ${level}`,
    ...(operator === 'runbook'
      ? ['the runbooks play it']
      : [
          'play it from other terminals:',
          '  pnpm oncall watch                                     the pager',
          '  pnpm oncall ack <id>                                  you have it',
          '  pnpm runbook <alert>                                  what to ask, what to do',
          '  pnpm drill diagnose --component <name> --cause <why>  what is the matter',
          `  pnpm lab <lever> … --level ${level}                          what you do about it`,
          '  pnpm oncall escalate <id>                             where no lever helps',
          '  pnpm drill resolve                                    it is over',
        ]),
    '',
    '',
  ].join('\n');

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('is not a whole number (digits only)');
  return Number(text);
}

function duration(text: string): number {
  const ms = 1000 * (parseDuration(text) ?? Number.NaN);
  if (ms >= shortestMs && ms <= longestMs) return ms;
  throw new InvalidArgumentError('is no duration from 1m to 30m');
}
