import { levelByNumber } from '@firedrill/topology';
import { expect, test } from 'vitest';
import { makePlan } from '../engine/plan.ts';
import { experiments } from '../experiments/index.ts';
import type { JournalEvent } from '../journal/event.ts';
import { checkHealed } from './healed.ts';
import type { Run } from './run.ts';
import { runTimes } from './run-times.ts';

const experiment = experiments.find(({ name }) => name === 'flapping-network')!;
const plan = makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock: 'drill' });
const zero = Date.UTC(2026, 0, 1);

/** A journal in which the first `healed` of the plan's faults, all on one edge, were undone at their time. */
function journal(healed: number): JournalEvent[] {
  const events = plan.faults.flatMap(({ id, startMs, endMs, effects }, index) => [
    ...effects.flatMap(({ action, undo }) => [
      { ms: startMs, type: 'intent' as const, epoch: 1, fault: id, action, undo },
      { ms: startMs, type: 'applied' as const, fault: id, action, tookMs: 0 },
    ]),
    ...(index < healed
      ? [
          {
            ms: endMs,
            type: 'healed' as const,
            fault: id,
            undo: effects[0]!.undo,
            tookMs: 1,
            by: 'guardian' as const,
          },
        ]
      : []),
  ]);
  return [{ ms: 0, type: 'planned' as const, run: 'r', target: 'shop', plan }, ...events].map(
    ({ ms, ...event }, seq): JournalEvent => ({ ...event, seq, at: new Date(zero + ms).toISOString() }),
  );
}

test('of several faults on one edge each has its own time', () => {
  const { faults } = runTimes(journal(4), plan);
  expect(faults.map(({ id, fromMs, toMs }) => [id, fromMs - zero, (toMs ?? 0) - zero])).toEqual(
    plan.faults.map(({ id, startMs, endMs }) => [id, startMs, endMs]),
  );
});

test('that the first was undone does not count for the last', () => {
  const run = (healed: number): Run => {
    const events = journal(healed);
    return { plan, events, times: runTimes(events, plan) } as unknown as Run;
  };
  expect(checkHealed(run(4)).verdict).toBe('pass');
  expect(checkHealed(run(3)).verdict).toBe('fail');
  expect(runTimes(journal(3), plan).faults.at(-1)?.toMs).toBeUndefined();
});
