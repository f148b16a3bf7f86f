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

  const event = fc.record({
    timeMs: fc.nat(120_000),
    outcome: fc.constantFrom<SloEvent['outcome']>('good', 'good', 'good', 'bad'),
  });
  const span = fc.tuple(fc.nat(120), fc.nat(60)).map(([from, length]) => [from, from + length] as const);
  const spans = fc.array(span, { maxLength: 4 });

  it('the buckets sum to the whole, whatever happened when', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 200 }),
        fc.array(spans, { maxLength: 4 }),
        (events, active) => {
          const causes = active.map((own, index) => cause(`cause-${index}`, ...own));
          const { buckets, incidents } = splitBudget(events, causes);
          const bad = events.filter(({ outcome }) => outcome === 'bad').length;
          expect(buckets.incident + buckets.overlap + buckets.control + buckets.background).toBe(bad);
          for (const { fromMs, recoveredMs = Infinity, badEvents } of incidents) {
            expect(recoveredMs).toBeGreaterThan(fromMs);
            expect(badEvents).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('an incident is what looking at one second after the other finds', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), spans, (events, active) => {
        const { incidents } = splitBudget(events, [cause('drop', ...active)]);
        const found = incidents.map(({ fromMs, recoveredMs }) => [fromMs, recoveredMs]);
        expect(found).toEqual(incidentsSecondBySecond(events, active));
      }),
    );
  });
});

/** The definition, word for word: from the first bad event to the first of ten consecutive seconds without one, somebody served. */
function incidentsSecondBySecond(
  events: readonly SloEvent[],
  active: readonly (readonly [number, number])[],
): readonly (readonly [fromMs: number, recoveredMs: number | undefined])[] {
  const within = (ms: number): boolean => active.some(([from, to]) => ms >= from * 1000 && ms <= to * 1000);
  const times = (outcome: SloEvent['outcome']): readonly number[] =>
    events
      .filter((one) => one.outcome === outcome)
      .map(({ timeMs }) => timeMs)
      .sort((a, b) => a - b);
  const [bad, good] = [times('bad'), times('good')];
  const last = Math.floor(Math.max(0, ...events.map(({ timeMs }) => timeMs)) / 1000);
  const among = (list: readonly number[], second: number): boolean =>
    list.some((ms) => ms >= second * 1000 && ms < (second + 10) * 1000);
  const incidents: (readonly [number, number | undefined])[] = [];
  let after = 0;
  for (;;) {
    const from = bad.find((ms) => ms >= after && within(ms));
    if (from === undefined) return incidents;
    let second = Math.floor(from / 1000) + 1;
    while (second + 10 <= last + 1 && (among(bad, second) || !among(good, second))) second++;
    const recovered = second + 10 <= last + 1 ? second * 1000 : undefined;
    incidents.push([from, recovered]);
    if (recovered === undefined) return incidents;
    after = recovered;
  }
}
