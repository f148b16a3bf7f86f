import { expect, it } from 'vitest';
import { fixtureJournal, fixturePlan } from '../report/testing/fixture-journal.ts';
import { fixtureStart } from '../report/testing/fixture-load.ts';
import { runTimes } from './run-times.ts';

const startedAt = new Date(fixtureStart).toISOString();

it.each([
  ['where its lab began to be made', { startedAt }, fixtureStart],
  ['nobody knows where, in a run of before that was kept', {}, undefined],
  ['nobody knows where, when others used the lab before', { startedAt, started: false }, undefined],
])('the quiet history ends %s', (_where, change, expected) => {
  const events = fixtureJournal().map((event) =>
    event.type === 'lab-ready' ? { ...event, ...change } : event,
  );
  expect(runTimes(events, fixturePlan).historyToMs).toBe(expected);
});
