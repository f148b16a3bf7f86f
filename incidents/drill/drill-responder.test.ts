import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@firedrill/chaos/engine';
import { expect, it, onTestFinished } from 'vitest';
import { addEvent, readDrillJournal } from './drill-journal.ts';
import { DrillResponder } from './drill-responder.ts';
import type { DrillEntry } from './event.ts';
import { begun, scenarioNamed } from './testing/played.ts';

/** The faults are gone, and no lever was pulled. */
async function standDownAfter(...entries: readonly DrillEntry[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-drill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const entry of [begun(scenarioNamed('quiet')), ...entries]) await addEvent(folder, () => entry);
  const page: Page = {
    lab: {} as Page['lab'],
    signal: new AbortController().signal,
    noteLever: () => () => {},
  };
  await new DrillResponder(folder, 'player').standDown(page);
  return readDrillJournal(folder).map(({ type }) => type);
}

it('when nobody has said that it is over its time is up, and it takes nothing more', async () => {
  expect(await standDownAfter()).toEqual(['begun', 'time-up']);
});

it('what somebody has said to be over is over', async () => {
  const said: DrillEntry = { type: 'diagnosed', by: 'ana', component: 'none', cause: 'nothing' };
  expect(await standDownAfter(said, { type: 'resolved', by: 'ana' })).toEqual([
    'begun',
    'diagnosed',
    'resolved',
  ]);
});
