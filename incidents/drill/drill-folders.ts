import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bootId, isAlive, labScope, thisCheckout } from '@firedrill/lab/control';
import { drillJournalPath, readDrillJournal } from './drill-journal.ts';
import { begunOf, type DrillEvent, eventsOf } from './event.ts';

/** A drill as its folder tells it. */
export interface FoundDrill {
  readonly folder: string;
  readonly events: readonly DrillEvent[];
}

/** Where a drill's run is until its end: no command looks there for runs. */
export function sealedFolder(checkout = thisCheckout, scope = labScope()): string {
  return join(checkout, '.firedrill', scope === '' ? 'drills' : `drills-${encodeURIComponent(scope)}`);
}

/** Where it is afterwards, beside all other runs. */
export const openFolder = (out?: string): string => resolve(out ?? join(thisCheckout, 'runs'));

/** Those in a folder of runs, by their names, and so by their begin. @throws {FiredrillError} `invalid-data` */
export function drillsIn(runs: string): readonly FoundDrill[] {
  if (!existsSync(runs)) return [];
  return (
    readdirSync(runs)
      // Half a copy, to another disk, is none.
      .filter((name) => !name.endsWith('.part'))
      .map((name) => join(runs, name))
      .filter((folder) => existsSync(drillJournalPath(folder)))
      .toSorted()
      .map((folder) => ({ folder, events: readDrillJournal(folder) }))
      .filter(({ events }) => events.length > 0)
  );
}

/** Whether the process that carries it out lives: whatever is still to be done is its to do. */
export function hasRunner({ events }: FoundDrill): boolean {
  const begun = begunOf(events);
  return begun.bootId === bootId() && isAlive(begun.runner);
}

/** Whether it can be played. */
export const isUnderWay = (drill: FoundDrill): boolean =>
  eventsOf(drill.events, 'ended').length === 0 && hasRunner(drill);
