import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictedReset } from '../burn-rate/reset.ts';
import { alertWindows } from '../windows.ts';
import { burningSpans, heldSpans } from './burning-spans.ts';
import { crossing } from './crossing.ts';
import type { SloEvent } from './slo-event.ts';

const windows = alertWindows('drill');
const options = { windows, severity: 'page', errorBudget: 0.01, historyPerSecond: 100 } as const;

/** 100 events a second for 200 s, every one bad while the outage lasts. */
const outage = (fromMs: number, toMs: number): SloEvent[] =>
  Array.from({ length: 20_000 }, (_, index) => {
    const timeMs = index * 10;
    return { timeMs, outcome: timeMs >= fromMs && timeMs < toMs ? 'bad' : 'good' };
  });

describe('the times in which an alert burns', () => {
  it.each([
    [20, 'quick'],
    [30, 'slow'],
  ] as const)(
    'end when the formula says after an outage of %i s, by its %s leg',
    (durationSeconds, speed) => {
      const [span, ...more] = burningSpans(outage(100_000, 100_000 + durationSeconds * 1000), options);
      expect(more).toEqual([]);
      expect(span?.fromMs).toBe(crossing(outage(100_000, 130_000), options)?.atMs);
      expect([span?.pair.speed, span?.heldBy.speed]).toEqual(['quick', speed]);
      const reset = predictedReset(windows, 'page', 0.01, { errorRatio: 1, durationSeconds })!;
      expect((span!.toMs - 100_000) / 1000 - durationSeconds).toBeCloseTo(reset, 1);
    },
  );

  it('are none where nothing burns, and last to the end where it never stops', () => {
    expect(burningSpans([], options)).toEqual([]);
    expect(burningSpans(outage(0, 0), options)).toEqual([]);
    expect(burningSpans(outage(100_000, 200_000), options).at(-1)?.toMs).toBe(199_990);
  });

  it('begin where they cross, and are apart, at any events', () => {
    const event = fc.record({
      timeMs: fc.integer({ min: 0, max: 200_000 }),
      outcome: fc.constantFrom('good' as const, 'good' as const, 'bad' as const),
    });
    const rate = fc.constantFrom(0, 0.1, 2);
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), rate, (events, historyPerSecond) => {
        const spans = burningSpans(events, { ...options, historyPerSecond });
        const first = crossing(events, { ...options, historyPerSecond })?.atMs;
        // `crossing` looks at each leg's own moments, a span at those of all legs: with a history it may be a tenth of a second earlier.
        if (historyPerSecond === 0) expect(spans[0]?.fromMs).toBe(first);
        for (const [index, { fromMs, toMs }] of spans.entries()) {
          expect(toMs).toBeGreaterThanOrEqual(fromMs);
          expect(fromMs).toBeGreaterThan(spans[index - 1]?.toMs ?? Number.NEGATIVE_INFINITY);
        }
      }),
    );
  });
});

it('what burns again while the alert is held goes on', () => {
  const [pair, slow] = windows.pairs as [(typeof windows.pairs)[0], (typeof windows.pairs)[0]];
  const spans = [
    { fromMs: 0, toMs: 1000, pair, heldBy: pair },
    { fromMs: 10_900, toMs: 12_000, pair, heldBy: slow },
    { fromMs: 22_001, toMs: 23_000, pair, heldBy: pair },
  ];
  expect(heldSpans(spans, 10).map(({ fromMs, toMs, heldBy }) => [fromMs, toMs, heldBy.speed])).toEqual([
    [0, 22_000, 'slow'],
    [22_001, 33_000, 'quick'],
  ]);
  expect(heldSpans(spans, 0)).toEqual(spans);
  expect(heldSpans([], 10)).toEqual([]);
});
