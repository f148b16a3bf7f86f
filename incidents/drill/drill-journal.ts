import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { takeLock } from '@firedrill/lab/control';
import { type DrillEntry, type DrillEvent, drillEventSchema } from './event.ts';

/** `drill.jsonl` in the folder of the drill's run. */
export const drillJournalPath = (folder: string): string => join(folder, 'drill.jsonl');

const tries = 10;

/**
 * Adds what `entryOf` makes of the journal as it is, or nothing: whoever is first has it, whatever process writes. On disk when it
 * resolves. @returns the journal with it. @throws {FiredrillError} `lab-busy`, `invalid-data`; what `entryOf` throws.
 */
export async function addEvent(
  folder: string,
  entryOf: (events: readonly DrillEvent[]) => DrillEntry,
): Promise<readonly DrillEvent[]> {
  return whileAlone(folder, () => {
    const path = drillJournalPath(folder);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const events = parseDrillJournal(whole, path);
    const added = drillEventSchema.parse({
      seq: events.length,
      at: new Date().toISOString(),
      ...entryOf(events),
    });
    const fd = openSync(path, 'a', 0o600);
    try {
      // What a killed writer left of a line.
      if (whole !== text) ftruncateSync(fd, Buffer.byteLength(whole));
      writeSync(fd, `${JSON.stringify(added)}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    return [...events, added];
  });
}

/** Runs `work` while nobody else works in a folder. @throws {FiredrillError} `lab-busy` */
export async function whileAlone<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const release = await takeLock(join(folder, 'drill.lock'));
    if (release === undefined) continue;
    try {
      return await work();
    } finally {
      await release();
    }
  }
  throw new FiredrillError('lab-busy', 'another command holds the drill', {
    fix: 'wait for it or end it, then try again; nothing was changed',
  });
}

/** @throws {FiredrillError} `invalid-data`, naming the line. */
export function readDrillJournal(folder: string): readonly DrillEvent[] {
  const path = drillJournalPath(folder);
  const text = readFileSync(path, 'utf8');
  return parseDrillJournal(text.slice(0, text.lastIndexOf('\n') + 1), path);
}

function parseDrillJournal(text: string, path: string): readonly DrillEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    try {
      return drillEventSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new FiredrillError('invalid-data', 'a line of a drill’s journal cannot be read', {
        where: `${path}:${index + 1}`,
        cause,
      });
    }
  });
}
