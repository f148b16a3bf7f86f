import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertWindows } from '../windows.ts';
import { legDetection, predictedDetection } from './detection.ts';
import { meanPipelineSeconds, meanResolutionSeconds, worstPipelineSeconds } from './pipeline.ts';
import { predictedReset } from './reset.ts';
import { budgetSpentAtDetection, burnRate, threshold } from './threshold.ts';

const production = alertWindows('production');
const drill = alertWindows('drill');

describe('the windows', () => {
  it("are the workbook's: 14.4, 6, 3 and 1 times the budget", () => {
    expect(production.pairs.map((pair) => Number(pair.factor.toFixed(9)))).toEqual([14.4, 6, 3, 1]);
  });

  it('are ÷ 60 on the drill clock, with the same factors', () => {
    expect(drill.periodSeconds * 60).toBe(production.periodSeconds);
    for (const [index, pair] of drill.pairs.entries()) {
      const same = production.pairs[index]!;
      expect(pair.factor).toBeCloseTo(same.factor, 9);
      expect([pair.shortSeconds * 60, pair.longSeconds * 60]).toEqual([same.shortSeconds, same.longSeconds]);
    }
  });

  it('spend 2, 5, 10 and 10 % of the budget until they fire', () => {
    const spent = production.pairs.map((pair) => budgetSpentAtDetection(pair, production.periodSeconds));
    expect(spent.map((share) => Math.round(share * 1000) / 1000)).toEqual([0.02, 0.05, 0.1, 0.1]);
  });
});

describe('predicted detection', () => {
  // 99.9 % over 30 days: the table of the workbook's formula.
  it.each([
    [1, 51.84],
    [0.5, 103.68],
    [0.15, 345.6],
    [0.1, 518.4],
    [0.05, 1036.8],
    [0.02, 2592],
  ])('of an error ratio of %d at 99.9 %% is %d s', (errorRatio, seconds) => {
    expect(predictedDetection(production, 'page', 0.001, { errorRatio })?.seconds).toBeCloseTo(seconds, 6);
  });

  it('names the leg: a slow burn only trips the slow one, a slower one only a ticket', () => {
    expect(predictedDetection(production, 'page', 0.01, { errorRatio: 0.1 })?.pair.speed).toBe('slow');
    expect(predictedDetection(production, 'page', 0.01, { errorRatio: 0.05 })).toBeUndefined();
    expect(predictedDetection(production, 'ticket', 0.01, { errorRatio: 0.05 })?.pair.speed).toBe('quick');
  });

  it('is 8.64 s for a total outage at 99 % on the drill clock', () => {
    expect(predictedDetection(drill, 'page', 0.01, { errorRatio: 1 })?.seconds).toBeCloseTo(8.64, 9);
  });

  it('knows a fault that ends before it is seen', () => {
    expect(predictedDetection(drill, 'page', 0.01, { errorRatio: 1, durationSeconds: 8 })).toBeUndefined();
  });

  it('agrees with adding up errors second by second, with any baseline and history', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...drill.pairs),
        fc.constantFrom(0.01, 0.005, 0.001),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.integer({ min: 1, max: 6000 }),
        (pair, budget, errorRatio, baseline, historySeconds) => {
          const limit = threshold(pair, budget);
          const baselineRatio = baseline * Math.min(limit, errorRatio);
          const seconds = legDetection(pair, budget, { errorRatio, baselineRatio, historySeconds });
          const windowRatio = (window: number, after: number): number => {
            const young = Math.min(window, historySeconds + after);
            const faulty = Math.min(after, young);
            return (faulty * errorRatio + (young - faulty) * baselineRatio) / young;
          };
          if (seconds === undefined) {
            expect(errorRatio).toBeLessThanOrEqual(limit);
            return;
          }
          const atCrossing = Math.min(
            windowRatio(pair.shortSeconds, seconds),
            windowRatio(pair.longSeconds, seconds),
          );
          expect(atCrossing).toBeGreaterThanOrEqual(limit - 1e-9);
          const before = seconds * 0.999;
          const justBefore = Math.min(
            windowRatio(pair.shortSeconds, before),
            windowRatio(pair.longSeconds, before),
          );
          expect(justBefore).toBeLessThanOrEqual(limit + 1e-9);
        },
      ),
    );
  });

  it('is never later for a worse fault', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (one, other) => {
          const worse = predictedDetection(drill, 'page', 0.01, {
            errorRatio: Math.max(one, other),
          })?.seconds;
          const milder = predictedDetection(drill, 'page', 0.01, {
            errorRatio: Math.min(one, other),
          })?.seconds;
          if (milder !== undefined) expect(worse).toBeLessThanOrEqual(milder);
        },
      ),
    );
  });
});

describe('predicted reset', () => {
  it("is the short window's when only the quick leg tripped", () => {
    // 20 s at 100 %: 20 error-seconds, under the 21.6 of the slow leg.
    expect(predictedReset(drill, 'page', 0.01, { errorRatio: 1, durationSeconds: 20 })).toBeCloseTo(
      5 * (1 - 0.144),
      9,
    );
  });

  it("is the slow leg's once that has tripped", () => {
    expect(predictedReset(drill, 'page', 0.01, { errorRatio: 1, durationSeconds: 30 })).toBeCloseTo(
      30 * 0.94,
      9,
    );
    expect(predictedReset(production, 'page', 0.001, { errorRatio: 1, durationSeconds: 200 })).toBeCloseTo(
      1789.2,
      1,
    );
  });

  it('adds keep_firing_for, and is nothing for what never fired', () => {
    const fault = { errorRatio: 1, durationSeconds: 20, keepFiringSeconds: 10 };
    expect(predictedReset(drill, 'page', 0.01, fault)).toBeCloseTo(14.28, 9);
    expect(predictedReset(drill, 'page', 0.01, { errorRatio: 0.05, durationSeconds: 1000 })).toBeUndefined();
  });
});

it('burn rate is the error ratio in units of the budget', () => {
  expect(burnRate(0.144, 0.01)).toBeCloseTo(14.4, 12);
});

it('the pipeline adds half a scrape and half an evaluation on average, twice that at worst', () => {
  const pipeline = { scrapeSeconds: 0.5, evaluationSeconds: 0.5, groupWaitSeconds: 0.1 };
  expect(meanPipelineSeconds(pipeline)).toBeCloseTo(0.6, 12);
  expect(worstPipelineSeconds(pipeline)).toBeCloseTo(1.1, 12);
});

it('an end is told half an evaluation and half a group interval late, and seen half a scrape early', () => {
  expect(meanResolutionSeconds({ scrapeSeconds: 0.5, evaluationSeconds: 0.5 }, 1)).toBeCloseTo(0.5, 12);
});
