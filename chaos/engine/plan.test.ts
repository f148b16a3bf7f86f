import { undoOf } from '@firedrill/lab/control';
import { clocks } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../experiments/experiment.ts';
import { experiments } from '../experiments/index.ts';
import { cells } from '../experiments/testing/cells.ts';
import { planSchema } from '../journal/event.ts';
import { makePlan } from './plan.ts';

const anyRequest = fc
  .record({
    cell: fc.constantFrom(...cells),
    seed: fc.nat(),
    clock: fc.constantFrom('drill' as const, 'production' as const),
  })
  .map(({ cell: { experiment, variant, level }, seed, clock }) => ({
    experiment,
    variant,
    topology: levelByNumber(level),
    seed,
    clock,
  }));

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
    for (const { name, experiment, variant, level } of cells) {
      for (const clock of clocks) {
        const plan = makePlan({ experiment, variant, topology: levelByNumber(level), seed: 1, clock });
        const predicted = plan.predictedBudget.reduce((sum, { badEvents }) => sum + badEvents, 0);
        expect(predicted, `${name} ${clock}`).toBeLessThan(plan.abort.badEventsAtMost);
      }
    }
  });

  test('breaks no observer', () => {
    for (const { experiment, variant, level } of cells) {
      const topology = levelByNumber(level);
      const plan = makePlan({ experiment, variant, topology, seed: 1, clock: 'drill' });
      for (const { edges, nodes } of plan.faults) {
        for (const name of edges)
          expect(topology.edges.find((edge) => edge.name === name)?.plane).not.toBe('observer');
        for (const name of nodes)
          expect(topology.nodes.find((node) => node.name === name)?.role).not.toBe('observer');
      }
    }
  });

  test('numbers the faults of one name, and what they leave at a proxy, so that each is healed by itself', () => {
    const experiment = experiments.find(({ name }) => name === 'flapping-network')!;
    const { faults } = makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock: 'drill' });
    expect(faults.map(({ id }) => id)).toEqual(['drop', 'drop-2', 'drop-3', 'drop-4']);
    const toxics = faults.flatMap(({ effects }) =>
      effects.map(({ action }) => (action.kind === 'toxic-add' ? action.toxic.name : '')),
    );
    expect(new Set(toxics).size).toBe(8);
  });

  test('stretches every step alike on the production clock, the operator too', () => {
    const experiment = experiments.find(({ name }) => name === 'lose-primary')!;
    const plan = (clock: 'drill' | 'production') =>
      makePlan({ experiment, variant: 'promoted', topology: levelByNumber(3), seed: 1, clock });
    const share = ({ faults, operator, controlMs }: ReturnType<typeof plan>) =>
      ((operator[0]?.atMs ?? 0) - controlMs) / ((faults[0]?.endMs ?? 0) - controlMs);
    expect(plan('drill').operator).toEqual([{ atMs: 77_000, lever: 'promote', node: 'pg-2' }]);
    expect(share(plan('production'))).toBeCloseTo(share(plan('drill')), 3);
  });

  describe('where the servers choose their leader', () => {
    const experiment = experiments.find(({ name }) => name === 'lose-primary')!;
    const plan = (clock: 'drill' | 'production', variant?: string) =>
      makePlan({ experiment, variant, topology: levelByNumber(4), seed: 1, clock });

    test('names the timers, and by when the users are served again', () => {
      expect(plan('drill')).toMatchObject({ timers: 'supported', recoversMs: 30_000 });
      expect(plan('drill', 'fast')).toMatchObject({ timers: 'fast', recoversMs: 14_000 });
      const elsewhere = makePlan({ experiment, topology: levelByNumber(3), seed: 1, clock: 'drill' });
      expect(elsewhere.timers).toBeUndefined();
    });

    test('no clock stretches their time, and what is over too soon to page may page', () => {
      const [drill, production] = [plan('drill'), plan('production')];
      expect(production.faults).toEqual(drill.faults);
      const page = { alert: 'CheckoutAvailability', severity: 'page' };
      expect(drill.alerts.expected).toContainEqual(expect.objectContaining(page));
      expect(production.alerts.expected).not.toContainEqual(expect.objectContaining(page));
      expect(production.alerts.allowed).toContainEqual(expect.objectContaining(page));
      const change = { alert: 'LeaderChanged', severity: 'ticket' };
      for (const { alerts } of [drill, production])
        expect(alerts.expected).toContainEqual(expect.objectContaining(change));
    });
  });

  describe('of a lab whose feeds are documents', () => {
    const named = (name: string) => experiments.find((one) => one.name === name)!;
    const plan = (name: string, feed?: 'postgres' | 'mongodb') =>
      makePlan({ experiment: named(name), topology: levelByNumber(4), feed, seed: 1, clock: 'drill' });

    test('says so, because the experiment does or whoever starts it', () => {
      expect(plan('lose-documents')).toMatchObject({ feed: 'mongodb', faults: [{ nodes: ['documents-1'] }] });
      expect(plan('lose-api', 'mongodb').feed).toBe('mongodb');
      for (const feed of [undefined, 'postgres'] as const)
        expect(plan('lose-api', feed)).not.toHaveProperty('feed');
    });

    test('there is no store to be broken where feeds are in the database', () => {
      expect(() => plan('lose-documents', 'postgres')).toThrow('the topology has no node documents-1');
    });
  });

  test('predicts a total outage at 99 % in 8.64 s on the drill clock, 518.4 s on the production clock', () => {
    const experiment = experiments.find((one) => one.name === 'partition-primary')!;
    const predicted = (clock: 'drill' | 'production') =>
      makePlan({ experiment, topology: levelByNumber(1), seed: 1, clock }).alerts.expected[0]?.predictedMs;
    expect(predicted('drill')).toBe(8640);
    expect(predicted('production')).toBe(518_400);
  });

  test('predicts the end of a page, too: the slow leg has tripped, and it is held for 10 s', () => {
    const experiment = experiments.find((one) => one.name === 'lose-primary')!;
    const [expected] = makePlan({ experiment, topology: levelByNumber(2), seed: 1, clock: 'drill' }).alerts
      .expected;
    expect(expected?.resolvesMs).toBe(20_000 + 30_000 * (1 - 0.03) + 10_000);
  });

  test('forbids what must never come, unless the experiment itself says otherwise', () => {
    const experiment = experiments.find((one) => one.name === 'lose-primary')!;
    const forbids = (variant?: string) =>
      makePlan({ experiment, variant, topology: levelByNumber(3), seed: 1, clock: 'drill' })
        .alerts.forbidden.map(({ alert }) => alert)
        .includes('ReconcilerMismatch');
    expect([forbids(), forbids('promoted')]).toEqual([true, false]);
  });

  test('waits out the seam of the history before it injects on the drill clock', () => {
    for (const experiment of experiments) expect(experiment.controlMs).toBeGreaterThanOrEqual(60_000);
  });
});

describe('an experiment is refused', () => {
  const base = experiments.find(({ name }) => name === 'partition-primary')!;
  const may = (alert: string, severity = 'ticket') => ({ alert, severity, reason: 'because of the test' });
  const contract = (changes: object) => ({ ...base.alerts, ...changes });
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
    [
      'a lever that the level does not have',
      { operator: [{ atMs: 0, lever: 'promote', node: 'pg-2' }] },
      'fault-refused',
    ],
    [
      'a share of captures of a node that takes none',
      { timeline: [{ durationMs: 1, fault: 'fail', params: { ratio: 0.1 }, on: { nodes: ['api-1'] } }] },
      'fault-refused',
    ],
    [
      'a hog at a database that has no pool',
      {
        timeline: [
          { durationMs: 1, fault: 'hog', params: { connections: 1 }, on: { edges: ['api-1:pg-1'] } },
        ],
      },
      'fault-refused',
    ],
    [
      "a prediction of one's own for the alert of an SLO",
      {
        alerts: {
          expected: [{ alert: 'CheckoutAvailability', severity: 'page', afterMs: 1, withinMs: 1 }],
        },
      },
      'invalid-data',
    ],
    ['an alert that there is not', { alerts: contract({ allowed: [may('NoSuchAlert')] }) }, 'invalid-data'],
    ['a page for a cause', { alerts: contract({ allowed: [may('ComponentDown', 'page')] }) }, 'invalid-data'],
    [
      'an alert that is allowed and forbidden',
      {
        alerts: contract({ allowed: [may('ProbeFailing')], forbidden: [may('ProbeFailing')] }),
      },
      'invalid-data',
    ],
    [
      'an order that waits for what nobody expects',
      {
        alerts: {
          expected: [
            {
              alert: 'CheckoutAvailability',
              severity: 'page',
              withinMs: 1,
              after: { alert: 'BrowseAvailability', severity: 'page' },
            },
          ],
        },
      },
      'invalid-data',
    ],
    ['a pattern for an alert', { alerts: contract({ allowed: [may('.*')] }) }, 'invalid-data'],
    [
      'an alert that is allowed without a reason',
      { alerts: contract({ allowed: [{ ...may('ProbeFailing'), reason: '' }] }) },
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
    ).toThrow(expect.objectContaining({ code: 'usage', fix: 'use one of stall, refuse, fast, refuse-fast' }));
  });
});
