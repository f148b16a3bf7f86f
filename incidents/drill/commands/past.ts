import { FiredrillError } from '@firedrill/errors';
import type { Command } from 'commander';
import { say } from '../../commands/open-pager.ts';
import { debriefText, outcomeLine } from '../debrief.ts';
import { drillsIn, type FoundDrill, openFolder, sealedFolder } from '../drill-folders.ts';
import { drillScenarios } from '../drill-scenarios.ts';
import { begunOf, eventsOf } from '../event.ts';
import { openLeftovers } from '../open-up.ts';
import { scoreOf } from '../score.ts';

interface PastOptions {
  readonly out?: string;
  readonly json?: true;
}

/** `pnpm drill list | history | debrief`: what there is, and what was. */
export function pastCommands(program: Command): void {
  program
    .command('list')
    .description('what a drill may hide: for whoever gives one')
    .option('--json', 'print it as JSON')
    .action(({ json }: PastOptions) => {
      const list = drillScenarios.map(({ name, level, outcome, title }) => ({ name, level, outcome, title }));
      say(json, list, list.map((one) => `${one.name.padEnd(20)}level ${one.level}  ${one.title}`).join('\n'));
    });
  const past = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--out <folder>', 'where the runs are; default runs')
      .option('--json', 'print it as JSON');
  past('history', 'the drills that are over, and how they went').action(history);
  past('debrief', 'how one went, step by step')
    .argument('[drill]', 'its id; default the latest')
    .action(debrief);
}

async function pastDrills(out: string | undefined): Promise<readonly FoundDrill[]> {
  const runs = openFolder(out);
  await openLeftovers(sealedFolder(), runs);
  return drillsIn(runs);
}

async function history({ out, json }: PastOptions): Promise<void> {
  const drills = await pastDrills(out);
  const list = drills.map(({ events }) => {
    const { drill, level, by, operator, key } = begunOf(events);
    const { how, reason = null } = eventsOf(events, 'ended').at(-1) ?? { how: 'broken-off' };
    return {
      drill,
      level,
      by,
      operator,
      scenario: key.scenario,
      how,
      reason,
      score: scoreOf(events) ?? null,
    };
  });
  const lines = drills.map(({ events }) => outcomeLine(events));
  say(json, list, lines.length === 0 ? 'no drill was held yet: `pnpm drill start`' : lines.join('\n'));
}

async function debrief(drill: string | undefined, { out, json }: PastOptions): Promise<void> {
  const drills = await pastDrills(out);
  const found =
    drill === undefined ? drills.at(-1) : drills.find(({ events }) => begunOf(events).drill === drill);
  if (found === undefined) throw nothingFound(drill, drills);
  const { events } = found;
  say(json, { events, score: scoreOf(events) ?? null }, debriefText(events).trimEnd());
}

function nothingFound(drill: string | undefined, drills: readonly FoundDrill[]): FiredrillError {
  const known = drills.slice(-5).map(({ events }) => begunOf(events).drill);
  return new FiredrillError('run-not-found', `there is no drill ${drill ?? 'yet'}`, {
    fix: known.length === 0 ? 'hold one with `pnpm drill start`' : `use one of ${known.join(', ')}`,
  });
}
