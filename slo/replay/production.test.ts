import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictedDetection } from '../burn-rate/detection.ts';
import { alertWindows } from '../windows.ts';
import { replayOnProduction, type SecondCount } from './production.ts';

const steady = (seconds: number, perSecond: number, errorRatio: number): SecondCount[] =>
  Array.from({ length: seconds }, () => ({
    good: perSecond * (1 - errorRatio),
    bad: perSecond * errorRatio,
  }));

describe('the replay on the production windows', () => {
  it('does not page for half a minute of outage, and says how near it came', () => {
    const replay = replayOnProduction(steady(30, 2, 1), { errorBudget: 0.01 });
    expect(replay.wouldPage).toBe(false);
    expect(replay.wouldTicket).toBe(false);
    // 30 of the 518.4 s that the quick leg takes.
    expect(replay.page.peakOfThreshold).toBeCloseTo(30 / 518.4, 9);
    expect(replay.budgetSpentPercent).toBeCloseTo((100 * 30) / (30 * 86_400 * 0.01), 9);
  });

  it('pages for a long one at the second that the formula says', () => {
    const replay = replayOnProduction(steady(700, 2, 1), { errorBudget: 0.01 });
    expect(replay.page).toMatchObject({ fires: true, atSecond: 519, pair: { speed: 'quick' } });
    expect(replay.wouldPage).toBe(true);
  });

  it('counts events and not seconds: an outage at a tenth of the traffic weighs a tenth', () => {
    const replay = replayOnProduction(steady(700, 2, 1), { errorBudget: 0.01, quietPerSecond: 20 });
    expect(replay.wouldPage).toBe(false);
    expect(replay.page.peakOfThreshold).toBeLessThan(1);
  });

  it('is quiet for an idle or empty series', () => {
    for (const series of [[], steady(100, 0, 0)]) {
      const replay = replayOnProduction(series, { errorBudget: 0.01 });
      expect(replay).toMatchObject({ wouldPage: false, wouldTicket: false, budgetSpentPercent: 0 });
    }
  });

  it('agrees with the formula for every steady error ratio, on both severities', () => {
    const windows = alertWindows('drill');
    fc.assert(
      fc.property(
        fc.constantFrom('page' as const, 'ticket' as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (severity, errorRatio, durationSeconds) => {
          const series = steady(durationSeconds, 5, errorRatio);
          // The made-up past must not take part in the young windows: the drill's longest is 72 minutes.
          const replay = replayOnProduction(series, {
            errorBudget: 0.01,
            windows,
            quietPerSecond: 5,
            quietDays: 1,
          });
          const predicted = predictedDetection(windows, severity, 0.01, {
            errorRatio,
            durationSeconds,
          })?.seconds;
          const found = replay[severity].atSecond;
          if (found === undefined) {
            expect(predicted ?? durationSeconds).toBeGreaterThanOrEqual(durationSeconds - 1e-6);
          } else {
            expect(predicted).toBeDefined();
            expect(found).toBeGreaterThanOrEqual(predicted! - 1e-6);
            expect(found).toBeLessThanOrEqual(predicted! + 1 + 1e-6);
          }
        },
      ),
    );
  });
});
