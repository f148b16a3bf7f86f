import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diagnosis, resolution } from './acts.ts';
import { addEvent, drillJournalPath, readDrillJournal } from './drill-journal.ts';
import { begun, scenarioNamed } from './testing/played.ts';

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-drill-'));
  await addEvent(folder, () => begun(scenarioNamed('slow-provider')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('many write at once, and every one of them is there', async () => {
  const names = Array.from({ length: 12 }, (_one, index) => `p${index}`);
  await Promise.all(
    names.map((by) => addEvent(folder, () => ({ type: 'hinted', by, number: 1, text: 'look' }))),
  );
  const events = readDrillJournal(folder);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_one, index) => index));
  expect(events.flatMap((event) => (event.type === 'hinted' ? [event.by] : [])).toSorted()).toEqual(
    names.toSorted(),
  );
});

it('of two who end it at once one does, and the other changes nothing', async () => {
  await addEvent(folder, (events) => diagnosis(events, 'ana', 'pg-1', 'down'));
  const both = await Promise.allSettled(
    ['bob', 'eve'].map((by) => addEvent(folder, (events) => resolution(events, by))),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(readDrillJournal(folder).filter(({ type }) => type === 'resolved')).toHaveLength(1);
});

it('half a line of a killed writer is not read, and goes with the next one', async () => {
  appendFileSync(drillJournalPath(folder), '{"seq":1,"at":"2026');
  expect(readDrillJournal(folder)).toHaveLength(1);
  await addEvent(folder, (events) => diagnosis(events, 'ana', 'pg-1', 'down'));
  expect(readDrillJournal(folder).map(({ type }) => type)).toEqual(['begun', 'diagnosed']);
  expect(readFileSync(drillJournalPath(folder), 'utf8')).not.toContain('"2026{');
});

it('what is no event is said with its line', () => {
  appendFileSync(drillJournalPath(folder), '{"seq":1}\n');
  expect(() => readDrillJournal(folder)).toThrow(
    expect.objectContaining({ code: 'invalid-data', where: expect.stringMatching(/drill\.jsonl:2$/) }),
  );
});
