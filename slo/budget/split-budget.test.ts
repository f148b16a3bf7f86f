import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SloEvent } from '../replay/slo-event.ts';
import { type Cause, splitBudget } from './split-budget.ts';

const at = (outcome: SloEvent['outcome'], ...seconds: readonly number[]): SloEvent[] =>
  seconds.map((second) => ({ timeMs: second * 1000, outcome }));
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const cause = (name: string, ...active: readonly (readonly [number, number])[]): Cause => ({
  name,
  active: active.map(([from, to]) => ({ fromMs: from * 1000, toMs: to * 1000 })),
});

describe('whose the bad events were', () => {
  it('an incident runs from the first bad event to the first of ten good seconds', () => {
    const events = [...at('good', ...range(0, 100)), ...at('bad', 5, ...range(32, 61), 95)];
    const { buckets, incidents } = splitBudget(events, [cause('drop', [30, 65])]);
    expect(incidents).toEqual([{ cause: 'drop', fromMs: 32_000, recoveredMs: 61_000, badEvents: 29 }]);
    expect(buckets).toEqual({ incident: 29, overlap: 0, control: 1, background: 1 });
  });

  it('nine good seconds are no recovery, ten are, and the cause may hurt again', () => {
    const events = [...at('good', ...range(0, 100)), ...at('bad', 30, 40, 51)];
    const { incidents } = splitBudget(events, [cause('fail', [29, 60])]);
    expect(incidents.map(({ fromMs, recoveredMs }) => [fromMs, recoveredMs])).toEqual([
      [30_000, 41_000],
      [51_000, 52_000],
    ]);
  });

  it('ten seconds in which nobody asked prove nothing', () => {
    const events = [...at('good', ...range(0, 30), ...range(50, 55)), ...at('bad', 30, 31)];
    expect(splitBudget(events, [cause('drop', [30, 40])]).incidents[0]?.recoveredMs).toBe(41_000);
    const silent = [...at('good', ...range(0, 30)), ...at('bad', 30, 31, 60)];
    expect(splitBudget(silent, [cause('drop', [30, 40])]).incidents[0]).toMatchObject({
      recoveredMs: undefined,
      badEvents: 3,
    });
  });

  it('what two causes share is nobody’s', () => {
    const events = [...at('good', ...range(0, 100)), ...at('bad', ...range(30, 50))];
    const { buckets } = splitBudget(events, [cause('drop', [30, 35]), cause('kill', [40, 45])]);
    expect(buckets).toEqual({ incident: 10, overlap: 10, control: 0, background: 0 });
  });

  it('without a cause all is control, and without a request nothing is NaN', () => {
    expect(splitBudget(at('bad', 1, 2), []).buckets.control).toBe(2);
    expect(splitBudget([], [cause('drop', [1, 2])])).toEqual({
      buckets: { incident: 0, overlap: 0, control: 0, background: 0 },
      incidents: [],
    });
  });

  it('the buckets sum to the whole, whatever happened when', () => {
    const event = fc.record({
      timeMs: fc.nat(120_000),
      outcome: fc.constantFrom<SloEvent['outcome']>('good', 'bad'),
    });
    const span = fc.tuple(fc.nat(120), fc.nat(60)).map(([from, length]) => [from, from + length] as const);
    const some = fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), some, (events, active) => {
        const causes = active.map((spans, index) => cause(`cause-${index}`, ...spans));
        const { buckets, incidents } = splitBudget(events, causes);
        const bad = events.filter(({ outcome }) => outcome === 'bad').length;
        expect(buckets.incident + buckets.overlap + buckets.control + buckets.background).toBe(bad);
        for (const { fromMs, recoveredMs = Infinity, badEvents } of incidents) {
          expect(recoveredMs).toBeGreaterThan(fromMs);
          expect(badEvents).toBeGreaterThan(0);
        }
      }),
    );
  });
});
