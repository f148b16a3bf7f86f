import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { debriefMarkdown } from './debrief.ts';
import { drillsIn, type FoundDrill, hasRunner } from './drill-folders.ts';
import { addEvent, readDrillJournal, whileAlone } from './drill-journal.ts';
import { eventsOf } from './event.ts';
import { endIncidents } from './incidents-of-drill.ts';

/** What drills left whose process died: nothing of it is lost, and nothing of it is scored. */
export async function openLeftovers(sealed: string, runs: string): Promise<void> {
  const leftovers = () => drillsIn(sealed).filter((one) => !hasRunner(one));
  if (leftovers().length === 0) return;
  // Whoever is second finds nothing to be done.
  await whileAlone(sealed, async () => {
    for (const { folder } of leftovers()) {
      await breakOff(folder, 'the process that carried it out was gone');
      openUp(folder, runs);
    }
  });
}

/** Over before anybody could end it, unless it had ended already: nothing is scored, and what it paged for rings no more. */
export async function breakOff(folder: string, reason: string): Promise<void> {
  const events = readDrillJournal(folder);
  if (eventsOf(events, 'ended').length > 0) return;
  endIncidents(await addEvent(folder, () => ({ type: 'ended', how: 'broken-off', reason })));
}

/** From now on the run is one like all others, with the debrief beside its report. */
export function openUp(folder: string, runs: string): FoundDrill {
  const events = readDrillJournal(folder);
  writeFileSync(join(folder, 'debrief.md'), debriefMarkdown(events));
  rmSync(join(folder, 'drill.lock'), { force: true });
  mkdirSync(runs, { recursive: true });
  const open = join(runs, basename(folder));
  if (!existsSync(open)) move(folder, open);
  return { folder: open, events };
}

/** Whole or not at all, to another disk, too. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copy = `${to}.part`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(from, copy, { recursive: true });
    renameSync(copy, to);
    rmSync(from, { recursive: true });
  }
}
