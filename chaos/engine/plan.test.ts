import { undoOf } from '@firedrill/lab/control';
import { clocks } from '@firedrill/slo';
import { levelByNumber, levels } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../experiments/experiment.ts';
import { experiments } from '../experiments/index.ts';
import { planSchema } from '../journal/event.ts';
import { makePlan } from './plan.ts';

const anyRequest = fc
  .record({
    experiment: fc.constantFrom(...experiments),
    topology: fc.constantFrom(...levels),
    seed: fc.nat(),
    clock: fc.constantFrom('drill' as const, 'production' as const),
  })
  .chain((request) =>
    fc
      .constantFrom(undefined, ...Object.keys(request.experiment.variants))
      .map((variant) => ({ ...request, variant })),
  );

describe('a plan', () => {
  test('of any experiment, level, seed and clock is the same byte for byte, and fits its schema', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const plan = makePlan(request);
        expect(JSON.stringify(makePlan(structuredClone(request)))).toBe(JSON.stringify(plan));
        expect(planSchema.parse(plan)).toEqual(plan);
      }),
    );
  });

  test('never does what it cannot undo, and ends its load after the last heal', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const plan = makePlan(request);
        for (const fault of plan.faults) {
          expect(fault.effects.length).toBeGreaterThan(0);
          for (const { action, undo } of fault.effects) expect(undo).toEqual(undoOf(action));
          expect(fault.startMs).toBeGreaterThanOrEqual(plan.controlMs);
          expect(fault.endMs).toBeLessThan(plan.loadMs);
        }
      }),
    );
  });

  test('is not aborted by what it predicts itself', () => {
    for (const experiment of experiments) {
      for (const clock of clocks) {
        for (const variant of [undefined, ...Object.keys(experiment.variants)]) {
          const plan = makePlan({ experiment, variant, topology: levelByNumber(1), seed: 1, clock });
          const predicted = plan.predictedBudget.reduce((sum, { badEvents }) => sum + badEvents, 0);
          expect(predicted, `${plan.experiment} ${variant ?? ''} ${clock}`).toBeLessThan(
            plan.abort.badEventsAtMost,
          );
        }
      }
    }
  });

  test('breaks no observer', () => {
    for (const experiment of experiments) {
      const plan = makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock: 'drill' });
      for (const { edges } of plan.faults) {
        for (const name of edges)
          expect(levelByNumber(1).edges.find((edge) => edge.name === name)?.plane).not.toBe('observer');
      }
    }
  });

  test('predicts a total outage at 99 % in 8.64 s on the drill clock, 518.4 s on the production clock', () => {
    const experiment = experiments.find((one) => one.name === 'partition-primary')!;
    const predicted = (clock: 'drill' | 'production') =>
      makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock }).alerts.expected[0]?.predictedMs;
    expect(predicted('drill')).toBe(8640);
    expect(predicted('production')).toBe(518_400);
  });

  test('waits out the seam of the history before it injects on the drill clock', () => {
    for (const experiment of experiments) expect(experiment.controlMs).toBeGreaterThanOrEqual(60_000);
  });
});

describe('an experiment is refused', () => {
  const [base] = experiments;
  const plan = (changes: object) =>
    makePlan({
      experiment: parseExperiment({ ...base, ...changes }, 'my.ts'),
      topology: levelByNumber(1),
      seed: 1,
      clock: 'drill',
    });

  test.each([
    [
      'an unknown edge',
      { timeline: [{ durationMs: 1, fault: 'drop', on: { edges: ['api-9:pg-1'] } }] },
      'fault-refused',
    ],
    [
      'an unknown node',
      { timeline: [{ durationMs: 1, fault: 'kill', on: { nodes: ['api-9'] } }] },
      'fault-refused',
    ],
    [
      'an observer edge',
      { timeline: [{ durationMs: 1, fault: 'drop', on: { edges: ['client-1:api-1'] } }] },
      'fault-refused',
    ],
    [
      'an observer node',
      { timeline: [{ durationMs: 1, fault: 'kill', on: { nodes: ['receiver-1'] } }] },
      'fault-refused',
    ],
    [
      'a kill of an edge',
      { timeline: [{ durationMs: 1, fault: 'kill', on: { edges: ['api-1:pg-1'] } }] },
      'fault-refused',
    ],
    [
      'an unknown fault',
      { timeline: [{ durationMs: 1, fault: 'flood', on: { nodes: ['api-1'] } }] },
      'usage',
    ],
    [
      'an unknown parameter',
      { timeline: [{ durationMs: 1, fault: 'drop', params: { ms: 1 }, on: { edges: ['api-1:pg-1'] } }] },
      'invalid-data',
    ],
    ['an unknown SLO', { impact: { 'checkout-joy': 1 } }, 'invalid-data'],
    [
      'an alert that its impact does not predict',
      { impact: { 'checkout-availability': 0.01 } },
      'invalid-data',
    ],
    [
      'two faults on one edge at one time',
      {
        timeline: [
          { durationMs: 20_000, fault: 'drop', on: { edges: ['api-1:pg-1'] } },
          { atMs: 10_000, durationMs: 20_000, fault: 'stall', on: { edges: ['api-1:pg-1'] } },
        ],
      },
      'invalid-data',
    ],
    ['a misspelt field', { hypotesis: 'x' }, 'invalid-data'],
  ])('for %s', (_what, changes, code) => {
    expect(() => plan(changes)).toThrow(expect.objectContaining({ code }));
  });

  test('not for two faults on one edge one after the other', () => {
    const timeline = [0, 21_000].map((atMs) => ({
      atMs,
      durationMs: 20_000,
      fault: 'drop',
      on: { edges: ['api-1:pg-1'] },
    }));
    expect(plan({ timeline }).faults).toHaveLength(2);
  });

  test('for an unknown variant, listing those there are', () => {
    const experiment = experiments.find((one) => one.name === 'partition-primary')!;
    expect(() =>
      makePlan({ experiment, variant: 'x', topology: levelByNumber(1), seed: 1, clock: 'drill' }),
    ).toThrow(expect.objectContaining({ code: 'usage', fix: 'use one of stall' }));
  });
});
