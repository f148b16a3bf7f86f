import { levels } from '@firedrill/topology';
import { type Command, InvalidArgumentError } from 'commander';
import type { Incident } from '../pager/incident.ts';
import { listText } from '../text/list-text.ts';
import { labStanding } from './lab-standing.ts';
import { openPager, say } from './open-pager.ts';
import { runningLabs } from './running-labs.ts';

interface ListOptions {
  readonly all?: true;
  readonly level?: number;
  readonly json?: true;
}

/** `pnpm oncall list`. */
export function listCommand(program: Command): void {
  program
    .command('list')
    .description('the incidents that are not over, and the open tickets beside them')
    .option('--all', 'those that are over, too')
    .option('--level <number>', 'only this level', levelOf)
    .option('--json', 'print it as JSON')
    .action(list);
}

async function list({ all, level, json }: ListOptions): Promise<void> {
  const running = await runningLabs();
  const pager = openPager();
  const ofLevel = pager.incidents().filter((one) => level === undefined || one.level === level);
  const incidents = ofLevel.filter(({ status }) => all === true || status !== 'resolved');
  const tickets = [...running]
    .filter(([, lab]) => level === undefined || lab.level === level)
    .flatMap(([lab]) => pager.tickets(lab).filter(({ resolvedAt }) => resolvedAt === undefined));
  pager.close();
  const hidden = ofLevel.length - incidents.length;
  const standing = (one: Incident) => labStanding(one, running);
  say(json, { incidents, tickets }, listText({ incidents, tickets, hidden, standing, nowMs: Date.now() }));
}

function levelOf(text: string): number {
  const known = levels.map(({ number }) => number);
  if (known.includes(Number(text))) return Number(text);
  throw new InvalidArgumentError(`use one of ${known.join(', ')}`);
}
