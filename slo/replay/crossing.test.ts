import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threshold } from '../burn-rate/threshold.ts';
import { alertWindows } from '../windows.ts';
import { crossing } from './crossing.ts';
import type { SloEvent } from './slo-event.ts';

const windows = alertWindows('drill');
const options = { windows, severity: 'page', errorBudget: 0.01, historyPerSecond: 0 } as const;

/** Evenly spaced events; those from `faultMs` on are bad. */
function outage(perSecond: number, faultMs: number, endMs: number): SloEvent[] {
  return Array.from({ length: Math.floor((endMs / 1000) * perSecond) }, (_, index) => {
    const timeMs = (index * 1000) / perSecond;
    return { timeMs, outcome: timeMs >= faultMs ? 'bad' : 'good' };
  });
}

describe('crossing', () => {
  it('comes within one event of theory for an even outage', () => {
    const found = crossing(outage(100, 100_000, 120_000), { ...options, historyPerSecond: 100 });
    expect(found?.pair.speed).toBe('quick');
    expect((found!.atMs - 100_000) / 1000).toBeCloseTo(8.64, 1);
  });

  it('takes the slow leg for a slow burn', () => {
    const events = Array.from({ length: 80_000 }, (_, index): SloEvent => {
      return { timeMs: index * 10, outcome: index >= 40_000 && index % 10 === 0 ? 'bad' : 'good' };
    });
    const found = crossing(events, options);
    expect(found?.pair.speed).toBe('slow');
    expect((found!.atMs - 400_000) / 1000).toBeCloseTo(360 * 0.6, 0);
  });

  it('finds nothing where there is nothing', () => {
    expect(crossing([], options)).toBeUndefined();
    expect(crossing(outage(10, Number.POSITIVE_INFINITY, 100_000), options)).toBeUndefined();
    expect(crossing(outage(10, 100_000, 105_000), options)).toBeUndefined();
  });

  it('reaches back into a quiet history that has no events of its own', () => {
    const events = outage(100, 0, 20_000);
    expect(crossing(events, options)?.atMs).toBe(0);
    expect(crossing(events, { ...options, historyPerSecond: 100 })!.atMs / 1000).toBeCloseTo(8.64, 1);
  });

  it('looks only from the given moment on', () => {
    const events = outage(10, 100_000, 200_000);
    expect(crossing(events, { ...options, fromMs: 150_000 })?.atMs).toBe(150_000);
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
        const atMs = crossing(events, options)?.atMs;
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
