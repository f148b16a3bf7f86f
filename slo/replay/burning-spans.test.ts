import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictedReset } from '../burn-rate/reset.ts';
import { threshold } from '../burn-rate/threshold.ts';
import { alertWindows, type WindowPair } from '../windows.ts';
import { type BurningOptions, burningSpans, heldSpans } from './burning-spans.ts';
import type { SloEvent } from './slo-event.ts';

const windows = alertWindows('drill');
const options = { windows, severity: 'page', errorBudget: 0.01, historyPerSecond: 100 } as const;

/** 100 events a second for 200 s, every one bad while the outage lasts. */
const outage = (fromMs: number, toMs: number): SloEvent[] =>
  Array.from({ length: 20_000 }, (_, index) => {
    const timeMs = index * 10;
    return { timeMs, outcome: timeMs >= fromMs && timeMs < toMs ? 'bad' : 'good' };
  });

const evenly = { ...options, historyPerSecond: 0 } as const;

/** Evenly spaced events; those from `faultMs` on are bad. */
function lasting(perSecond: number, faultMs: number, endMs: number): SloEvent[] {
  return Array.from({ length: Math.floor((endMs / 1000) * perSecond) }, (_, index) => {
    const timeMs = (index * 1000) / perSecond;
    return { timeMs, outcome: timeMs >= faultMs ? 'bad' : 'good' };
  });
}

/** The first moment at which both windows of a pair exceed θ. */
function crossing(
  events: readonly SloEvent[],
  options: BurningOptions,
): { readonly atMs: number; readonly pair: WindowPair } | undefined {
  const [first] = burningSpans(events, options);
  return first && { atMs: first.fromMs, pair: first.pair };
}

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

  it('are apart, at any events', () => {
    const event = fc.record({
      timeMs: fc.integer({ min: 0, max: 200_000 }),
      outcome: fc.constantFrom('good' as const, 'good' as const, 'bad' as const),
    });
    const rate = fc.constantFrom(0, 0.1, 2);
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), rate, (events, historyPerSecond) => {
        const spans = burningSpans(events, { ...options, historyPerSecond });
        for (const [index, { fromMs, toMs }] of spans.entries()) {
          expect(toMs).toBeGreaterThanOrEqual(fromMs);
          expect(fromMs).toBeGreaterThan(spans[index - 1]?.toMs ?? Number.NEGATIVE_INFINITY);
        }
      }),
    );
  });
});

describe('where they begin', () => {
  it('comes within one event of theory for an even outage', () => {
    const found = crossing(lasting(100, 100_000, 120_000), { ...evenly, historyPerSecond: 100 });
    expect(found?.pair.speed).toBe('quick');
    expect((found!.atMs - 100_000) / 1000).toBeCloseTo(8.64, 1);
  });

  it('takes the slow leg for a slow burn', () => {
    const events = Array.from({ length: 80_000 }, (_, index): SloEvent => {
      return { timeMs: index * 10, outcome: index >= 40_000 && index % 10 === 0 ? 'bad' : 'good' };
    });
    const found = crossing(events, evenly);
    expect(found?.pair.speed).toBe('slow');
    expect((found!.atMs - 400_000) / 1000).toBeCloseTo(360 * 0.6, 0);
  });

  it('finds nothing where there is nothing', () => {
    expect(crossing([], evenly)).toBeUndefined();
    expect(crossing(lasting(10, Number.POSITIVE_INFINITY, 100_000), evenly)).toBeUndefined();
    expect(crossing(lasting(10, 100_000, 105_000), evenly)).toBeUndefined();
  });

  it('reaches back into a quiet history that has no events of its own', () => {
    const events = lasting(100, 0, 20_000);
    expect(crossing(events, evenly)?.atMs).toBe(0);
    expect(crossing(events, { ...evenly, historyPerSecond: 100 })!.atMs / 1000).toBeCloseTo(8.64, 1);
  });

  it('finds nobody between the end of the history and the first event', () => {
    const events = lasting(100, 40_000, 120_000);
    const ended = (historyToMs?: number) =>
      crossing(events, {
        ...evenly,
        historyPerSecond: 100,
        ...(historyToMs === undefined ? {} : { historyToMs }),
      })?.atMs;
    // The events before the fault and those of the history that are in the minute: 12 s of it came from nobody.
    expect(ended(-12_000)! / 1000 - 40).toBeCloseTo((60 - 12) * 0.144, 1);
    expect(ended()! / 1000 - 40).toBeCloseTo(8.64, 1);
    expect(ended(5_000)).toBe(ended());
    expect(ended(-90_000)! / 1000 - 40).toBeCloseTo((40 * 0.144) / (1 - 0.144), 1);
  });

  it('looks only from the given moment on', () => {
    const events = lasting(10, 100_000, 200_000);
    expect(crossing(events, { ...evenly, fromMs: 150_000 })?.atMs).toBe(150_000);
  });

  it('is where adding up by hand crosses first, at any events', () => {
    const event = fc.record({
      timeMs: fc.integer({ min: 0, max: 200_000 }),
      outcome: fc.constantFrom('good' as const, 'good' as const, 'bad' as const),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const burning = (atMs: number): boolean =>
          windows.pairs.some((pair) => {
            if (pair.severity !== 'page') return false;
            return [pair.shortSeconds, pair.longSeconds].every((seconds) => {
              const inside = events.filter(({ timeMs }) => timeMs <= atMs && timeMs > atMs - seconds * 1000);
              const bad = inside.filter(({ outcome }) => outcome === 'bad').length;
              return inside.length > 0 && bad / inside.length > threshold(pair, 0.01);
            });
          });
        const atMs = crossing(events, evenly)?.atMs;
        const end = Math.max(-1, ...events.map(({ timeMs }) => timeMs));
        if (atMs !== undefined) expect(burning(atMs)).toBe(true);
        // No earlier moment burns: asked just there where a ratio can change.
        const edges = events.flatMap(({ timeMs }) => [
          timeMs,
          ...[5, 30, 60, 360].map((seconds) => timeMs + seconds * 1000),
        ]);
        for (const moment of edges) {
          if (moment <= end && moment < (atMs ?? Number.POSITIVE_INFINITY))
            expect(burning(moment)).toBe(false);
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
