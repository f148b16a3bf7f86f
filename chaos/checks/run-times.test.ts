import { levelByNumber } from '@firedrill/topology';
import { expect, it } from 'vitest';
import { makePlan } from '../engine/plan.ts';
import { experiments } from '../experiments/index.ts';
import { type JournalEvent, journalEventSchema } from '../journal/event.ts';
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

const experiment = experiments.find(({ name }) => name === 'lose-api')!;
const plan = makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock: 'drill' });
const [effect] = plan.faults[0]!.effects;
const zero = Date.UTC(2026, 0, 1);

const times = (...events: readonly (readonly [second: number, event: object])[]) =>
  runTimes(
    [[0, { type: 'planned', run: 'r', target: 'shop', plan }] as const, ...events].map(
      ([second, event], seq): JournalEvent =>
        journalEventSchema.parse({ ...event, seq, at: new Date(zero + 1000 * second).toISOString() }),
    ),
    plan,
  );
const lever = { type: 'operator', lever: 'restart', node: 'api-1', state: 'done', text: '', tookMs: 1 };
const answered = { type: 'answered', alert: 'CheckoutAvailability' };
const healed = { type: 'healed', fault: 'kill', undo: effect!.undo, tookMs: 1, by: 'guardian' };

it('who answered was at the end of it, and pulled a lever, before the heal: what comes later only takes back', () => {
  const found = times([20, lever], [31, answered], [50, healed], [52, lever], [53, answered]);
  expect(found.mitigatedMs).toBe(zero + 20_000);
  expect(found.answeredMs).toBe(zero + 31_000);
});

it('a run that nobody answered was at no end of it', () => {
  expect(times([50, healed])).toMatchObject({ mitigatedMs: undefined, answeredMs: undefined });
});
