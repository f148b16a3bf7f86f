import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { debriefMarkdown } from './debrief.ts';
import { drillsIn, type FoundDrill, hasRunner } from './drill-folders.ts';
import { addEvent, readDrillJournal } from './drill-journal.ts';
import { eventsOf } from './event.ts';

/** What drills left whose process died: nothing of it is lost, and nothing of it is scored. */
export async function openLeftovers(sealed: string, runs: string): Promise<void> {
  for (const { folder, events } of drillsIn(sealed).filter((one) => !hasRunner(one))) {
    if (eventsOf(events, 'ended').length === 0) {
      const reason = 'the process that carried it out was gone';
      await addEvent(folder, () => ({ type: 'ended', how: 'broken-off', reason }));
    }
    openUp(folder, runs);
  }
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
