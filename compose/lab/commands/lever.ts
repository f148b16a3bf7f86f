import { requireLab } from '../find-lab.ts';
import type { Lever } from '../levers/lever.ts';
import { readOperations } from '../levers/operations.ts';
import { pullLever } from '../levers/pull-lever.ts';
import { releases } from '../levers/releases.ts';
import { operationsStatus } from '../status/operations-status.ts';

export interface LeverOptions {
  readonly level: number;
  readonly json?: true;
}

/** `pnpm lab <lever> …`: one line of what came of it; steps that take a while as they happen. */
export async function leverCommand(lever: Lever, { level, json }: LeverOptions): Promise<void> {
  const state = await requireLab(level);
  const stream = json ? process.stderr : process.stdout;
  const outcome = await pullLever(state, lever, (text) => stream.write(`${text}\n`));
  const operations = operationsStatus(readOperations(state));
  process.stdout.write(`${json ? JSON.stringify({ ...lever, outcome, operations }, null, 2) : outcome}\n`);
}

/** `pnpm lab releases`: what `deploy` takes, and what runs. */
export async function releasesCommand({ level, json }: LeverOptions): Promise<void> {
  const { release, before } = operationsStatus(readOperations(await requireLab(level)));
  const list = releases.map(({ name, notes }) => ({
    name,
    notes,
    state: name === release ? 'runs' : before.includes(name) ? 'ran before' : '',
  }));
  const lines = list.map(({ name, notes, state }) => `${name.padEnd(9)} ${state.padEnd(11)} ${notes}`);
  process.stdout.write(`${json ? JSON.stringify(list, null, 2) : lines.join('\n')}\n`);
}
