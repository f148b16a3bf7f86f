import { readFile, stat } from 'node:fs/promises';
import { FiredrillError } from '@firedrill/errors';
import type { Incident } from './pager/incident.ts';

/**
 * Whether a journal that cannot be read may be that of the run that was under way when an incident opened: it was written after that,
 * and names no other lab.
 */
export async function mayHaveBeenUnderWay(
  path: string,
  { lab, openedAt }: Pick<Incident, 'lab' | 'openedAt'>,
): Promise<boolean> {
  const { mtimeMs } = await stat(path);
  const [, labId] = /"labId":"([^"]+)"/.exec(await readFile(path, 'utf8').catch(() => '')) ?? [];
  return mtimeMs >= Date.parse(openedAt) && (labId === undefined || lab.startsWith(`${labId}-`));
}

/** Why a run's journal cannot be read, and what can be done about it. */
export function brokenJournal(error: unknown, path: string): FiredrillError {
  const known = error instanceof FiredrillError ? error : undefined;
  return new FiredrillError('invalid-data', known?.message ?? 'the journal of a run cannot be read', {
    where: known?.where ?? path,
    fix: 'its run may have caused the incident: mend the journal, or move the folder away if it has not',
    cause: error,
  });
}
