import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import type { Plan } from '../journal/event.ts';
import { JournalWriter } from '../journal/journal-writer.ts';

export interface RunFolder {
  readonly run: string;
  readonly folder: string;
  readonly journal: JournalWriter;
}

/** Makes `<runs>/<run>/` and begins its journal with the plan. @throws {FiredrillError} `usage` when it cannot be made. */
export function openRunFolder(
  runs: string,
  run: string,
  target: string,
  plan: Plan,
  commit?: string,
): RunFolder {
  const folder = join(runs, run);
  try {
    mkdirSync(runs, { recursive: true });
    mkdirSync(folder);
    mkdirSync(join(folder, 'evidence'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FiredrillError('usage', `the run's folder cannot be made: ${reason}`, {
      where: '--out',
      cause,
    });
  }
  const journal = new JournalWriter(join(folder, 'journal.jsonl'));
  journal.append({ type: 'planned', run, target, plan, ...(commit === undefined ? {} : { commit }) });
  return { run, folder, journal };
}
