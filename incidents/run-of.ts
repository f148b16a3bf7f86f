import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEvent } from '@firedrill/chaos';
import type { Incident } from './pager/incident.ts';

/** No run lasts longer than so many of later ones of its level. */
const candidates = 20;

/**
 * The run that was under way on the incident's lab when it opened; `null` when there was none in this folder of runs.
 * @param underWay the run that holds the lab now: it is not told, for its name gives the fault away
 */
export async function runOf(
  { lab, level, openedAt }: Pick<Incident, 'lab' | 'level' | 'openedAt'>,
  runs: string,
  underWay: string | undefined,
): Promise<string | null> {
  const digits = openedAt.replaceAll(/[-:]/g, '');
  const opened = `${digits.slice(0, 8)}-${digits.slice(9, 15)}`;
  const names = await readdir(runs).catch(() => []);
  const ids = names.filter((id) => id.slice(0, opened.length) <= opened && id.includes(`-l${level}-s`));
  for (const id of ids.toSorted().toReversed().slice(0, candidates)) {
    if (id === underWay) continue;
    if (wasUnderWay(await journalOf(join(runs, id)), lab, openedAt)) return id;
  }
  return null;
}

function wasUnderWay(events: readonly JournalEvent[], lab: string, openedAt: string): boolean {
  const ready = events.find((event) => event.type === 'lab-ready');
  const last = events.at(-1);
  if (ready === undefined || last === undefined || !lab.startsWith(`${ready.labId}-`)) return false;
  return ready.at <= openedAt && openedAt <= last.at;
}

async function journalOf(folder: string): Promise<readonly JournalEvent[]> {
  // It knows every experiment: only who asks for a run waits for it.
  const { readJournal } = await import('@firedrill/chaos');
  return readJournal(join(folder, 'journal.jsonl')).catch(() => []);
}
