import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeNames } from './cause.ts';
import { drillScenarios } from './drill-scenarios.ts';
import type { DrillEntry, DrillEvent, Seen } from './event.ts';
import { scoreOf } from './score.ts';
import { at, begun, journal, lever, scenarioNamed, seen, type Timed } from './testing/played.ts';

const said = (component: string, cause: (typeof causeNames)[number]): DrillEntry => ({
  type: 'diagnosed',
  by: 'ana',
  component,
  cause,
});
const resolved: DrillEntry = { type: 'resolved', by: 'ana' };
const ended = (change: Partial<Seen> = {}, how: 'resolved' | 'time-up' = 'resolved'): DrillEntry => ({
  type: 'ended',
  how,
  seen: { ...seen, ...change },
});
const slow = begun(scenarioNamed('slow-provider'));
const played = (...more: readonly Timed[]) =>
  journal(
    [-60, slow],
    [30, said('payment-1', 'slow')],
    ...lever(40, 'payment-fallback on'),
    [80, resolved],
    [200, ended()],
    ...more,
  );
const total = (events: readonly DrillEvent[]): number => scoreOf(events)?.total ?? Number.NaN;

describe('a score', () => {
  it('is 100 for a practised team', () => {
    expect(scoreOf(played())).toMatchObject({ total: 100, costs: [], resolved: true });
  });

  it('takes away for hints, for wrong words and for levers that do no good, and for nothing else', () => {
    expect(
      scoreOf(
        played(
          [20, { type: 'hinted', by: 'ana', number: 1, text: 'look' }],
          [21, said('pg-1', 'down')],
          [22, said('payment-1', 'down')],
          ...lever(23, 'restart pg-1'),
          ...lever(26, 'promote pg-2', 'refused'),
          ...lever(90, 'payment-fallback off'),
        ),
      )?.costs,
    ).toEqual([
      { what: 'hint 1', points: 5 },
      { what: 'said pg-1: down', points: 5 },
      { what: 'said payment-1: down', points: 2 },
      { what: 'pnpm lab restart pg-1', points: 5 },
    ]);
  });

  it('is little for nobody, and the drill is not resolved', () => {
    const nobody = journal(
      [-60, slow],
      [
        700,
        ended(
          { acknowledgedAt: null, badRatioAfter: null, burnt: { bad: 620, nothing: 620, best: 140 } },
          'time-up',
        ),
      ],
    );
    expect(scoreOf(nobody)).toMatchObject({ resolved: false });
    expect(total(nobody)).toBeLessThan(15);
  });

  it('who says that it is over while the users are not served has not resolved it', () => {
    const early = journal(
      [-60, slow],
      [30, said('payment-1', 'slow')],
      [31, resolved],
      [200, ended({ badRatioAfter: 0.9 })],
    );
    expect(scoreOf(early)?.resolved).toBe(false);
  });

  it('a lever that was pulled before it broke, or after it was said to be over, has mended nothing', () => {
    const blind = begun(scenarioNamed('blind-monitoring'));
    const of = (second: number) =>
      scoreOf(
        journal(
          [-60, blind],
          ...lever(second, 'restart prometheus-1'),
          [30, said('prometheus-1', 'down')],
          [80, resolved],
          [200, ended()],
        ),
      );
    const mitigated = (score: ReturnType<typeof of>) =>
      score?.parts.find(({ name }) => name === 'mitigate')?.points;
    expect(of(40)).toMatchObject({ resolved: true });
    for (const second of [-30, 90]) {
      expect(of(second), String(second)).toMatchObject({ resolved: false });
      expect(mitigated(of(second))).toBe(0);
    }
  });

  it('where nobody saw whether the users were served they were not', () => {
    const events = journal(
      [-60, slow],
      [30, said('payment-1', 'slow')],
      ...lever(40, 'payment-fallback on'),
      [41, resolved],
      [42, ended({ badRatioAfter: null })],
    );
    const score = scoreOf(events);
    expect(score).toMatchObject({ resolved: false });
    expect(score?.parts.find(({ name }) => name === 'mitigate')).toMatchObject({ points: 0 });
  });

  it('where no lever helps somebody must be called', () => {
    const leak = begun(scenarioNamed('slow-leak'));
    const of = (escalatedAt: string | null) =>
      scoreOf(
        journal(
          [-60, leak],
          [30, said('pgbouncer-1', 'pool-exhausted')],
          [50, resolved],
          [200, ended({ escalatedAt, badRatioAfter: 1 })],
        ),
      );
    expect(of(at(45))).toMatchObject({ total: 100, resolved: true });
    expect(of(null)).toMatchObject({ resolved: false });
  });

  it('where nothing is broken whoever leaves it alone has all of it, and whoever mends has not', () => {
    const quiet = begun(scenarioNamed('quiet'));
    const nothing = { injectedAt: null, pagedAt: null, pages: [], acknowledgedAt: null, healedAt: null };
    const of = (...more: readonly Timed[]) =>
      scoreOf(
        journal(
          [-60, quiet],
          [100, said('none', 'nothing')],
          [101, resolved],
          [200, ended(nothing)],
          ...more,
        ),
      );
    expect(of()).toMatchObject({ total: 100, resolved: true });
    expect(of(...lever(60, 'restart api-1'))).toMatchObject({ resolved: false });
  });

  it('orders that were lost cost their part', () => {
    const lost = ended({ orders: { acknowledged: 200, lost: 1, duplicated: 0 } });
    const events = journal(
      [-60, slow],
      [30, said('payment-1', 'slow')],
      ...lever(40, 'payment-fallback on'),
      [80, resolved],
      [200, lost],
    );
    expect(total(events)).toBe(90);
  });

  it('is not given to what has not ended, or was broken off', () => {
    expect(scoreOf(journal([-60, slow]))).toBeUndefined();
    expect(
      scoreOf(journal([-60, slow], [5, { type: 'ended', how: 'broken-off', reason: 'got SIGINT' }])),
    ).toBeUndefined();
  });
});

const second = fc.integer({ min: -60, max: 900 });
const anyAct: fc.Arbitrary<readonly (readonly [number, DrillEntry])[]> = fc.oneof(
  fc
    .tuple(second, fc.constantFrom('api-1', 'pg-1', 'payment-1', 'none'), fc.constantFrom(...causeNames))
    .map(([when, component, cause]) => [[when, said(component, cause)] as const]),
  fc
    .tuple(second, fc.integer({ min: 1, max: 3 }))
    .map(([when, number]) => [[when, { type: 'hinted', by: 'ana', number, text: 'look' }] as const]),
  fc
    .tuple(
      second,
      fc.constantFrom('restart api-1', 'payment-fallback on', 'rollback', 'promote pg-2', 'shed-load 0.3'),
      fc.constantFrom('done' as const, 'refused' as const, 'failed' as const),
    )
    .map(([when, words, state]) => lever(when, words, state)),
  second.map((when) => [[when, resolved] as const]),
);
const moment = fc.option(second.map(at), { nil: null });
const count = fc.nat({ max: 100_000 });
const anySeen: fc.Arbitrary<Seen> = fc.record({
  injectedAt: moment,
  pagedAt: moment,
  pages: fc.constant(['CheckoutLatency']),
  acknowledgedAt: moment,
  acknowledgedBy: fc.constant('ana'),
  escalatedAt: moment,
  healedAt: moment,
  burnt: fc.record({ bad: count, nothing: count, best: count }),
  badRatioAfter: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
  orders: fc.option(fc.record({ acknowledged: count, lost: count, duplicated: count }), { nil: null }),
});
const anyDrill = fc.record({
  scenario: fc.constantFrom(...drillScenarios),
  acts: fc.array(anyAct, { maxLength: 12 }).map((all) => all.flat()),
  seen: anySeen,
  how: fc.constantFrom('resolved' as const, 'time-up' as const),
});
type Drill = typeof anyDrill extends fc.Arbitrary<infer D> ? D : never;
const journalOf = ({ scenario, acts, seen: what, how }: Drill) =>
  journal([-61, begun(scenario)], ...acts, [1000, ended(what, how)]);

describe('whatever is done', () => {
  it('a score is a whole number from 0 to 100, its parts are within what they could be, and it is the same again', () => {
    fc.assert(
      fc.property(anyDrill, (drill) => {
        const score = scoreOf(journalOf(drill));
        expect(Number.isInteger(score?.total)).toBe(true);
        expect(score?.total).toBeGreaterThanOrEqual(0);
        expect(score?.total).toBeLessThanOrEqual(100);
        for (const { points, of } of score?.parts ?? []) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points).toBeLessThanOrEqual(of);
        }
        expect(scoreOf(journalOf(drill))).toEqual(score);
      }),
    );
  });

  it('a hint and a lost order never make it more', () => {
    fc.assert(
      fc.property(anyDrill, second, (drill, when) => {
        const before = total(journalOf(drill));
        const with_ = (...more: readonly (readonly [number, DrillEntry])[]) =>
          total(journalOf({ ...drill, acts: [...drill.acts, ...more] }));
        expect(with_([when, { type: 'hinted', by: 'ana', number: 3, text: 'look' }])).toBeLessThanOrEqual(
          before,
        );
        const { orders } = drill.seen;
        const lost = orders === null ? null : { ...orders, lost: orders.lost + 1 };
        expect(total(journalOf({ ...drill, seen: { ...drill.seen, orders: lost } }))).toBeLessThanOrEqual(
          before,
        );
      }),
    );
  });

  it('who acknowledges later never has more', () => {
    fc.assert(
      fc.property(anyDrill, fc.nat({ max: 600 }), fc.nat({ max: 600 }), (drill, one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const of = (seconds: number) =>
          total(
            journalOf({
              ...drill,
              seen: { ...drill.seen, injectedAt: at(-10), pagedAt: at(0), acknowledgedAt: at(seconds) },
            }),
          );
        expect(of(late)).toBeLessThanOrEqual(of(early));
      }),
    );
  });
});
