import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEvent } from '@firedrill/chaos';
import type { FiredrillError } from '@firedrill/errors';
import { brokenJournal, mayHaveBeenUnderWay } from './broken-journal.ts';
import type { Incident } from './pager/incident.ts';

/** No run lasts longer than so many of later ones of its level. */
const candidates = 20;

/**
 * The run that was under way on the incident's lab when it opened; `null` when there was none in this folder of runs.
 * @param underWay the run that holds the lab now: it is not told, for its name gives the fault away
 * @throws {FiredrillError} `invalid-data` where none is found, and it may be one whose journal cannot be read.
 */
export async function runOf(
  incident: Pick<Incident, 'lab' | 'level' | 'openedAt'>,
  runs: string,
  underWay: string | undefined,
): Promise<string | null> {
  const { lab, level, openedAt } = incident;
  const digits = openedAt.replaceAll(/[-:]/g, '');
  const opened = `${digits.slice(0, 8)}-${digits.slice(9, 15)}`;
  const names = await readdir(runs).catch(() => []);
  const ids = names.filter((id) => id.slice(0, opened.length) <= opened && id.includes(`-l${level}-s`));
  let broken: FiredrillError | undefined;
  let isLast = true;
  for (const id of ids.toSorted().toReversed().slice(0, candidates)) {
    if (id === underWay) continue;
    const path = join(runs, id, 'journal.jsonl');
    try {
      const { from, to } = spanOf(await journalAt(path), lab);
      if (from <= openedAt && openedAt <= to) return id;
      // A lab has one run at a time: those before were over when this one began.
      if (from <= openedAt) isLast = false;
    } catch (error) {
      if (isLast && (await mayHaveBeenUnderWay(path, incident))) broken ??= brokenJournal(error, path);
    }
  }
  if (broken !== undefined) throw broken;
  return null;
}

/** From when to when a run had a lab; later than everything where it had not. */
function spanOf(
  events: readonly JournalEvent[],
  lab: string,
): { readonly from: string; readonly to: string } {
  const ready = events.find((event) => event.type === 'lab-ready');
  const last = events.at(-1);
  if (ready === undefined || last === undefined || !lab.startsWith(`${ready.labId}-`))
    return { from: '~', to: '' };
  return { from: ready.at, to: last.at };
}

/** Nothing where there is none. */
async function journalAt(path: string): Promise<readonly JournalEvent[]> {
  // It knows every experiment: only who asks for a run waits for it.
  const { readJournal } = await import('@firedrill/chaos');
  return readJournal(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}
