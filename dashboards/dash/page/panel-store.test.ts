import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Point } from '../boards/series.ts';
import { emptyPanel, lastOf, merged, overlapSeconds, type StoredPanel } from './panel-store.ts';

const data = (points: readonly Point[]) => ({
  series: [{ query: 0, name: 'a', points }],
  lines: [],
  problem: null,
});
const truth = (from: number, to: number): Point[] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, (from + index) * 2]);

it('is the same as asking for all of it, however often and late somebody asks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), (pauses) => {
      const windowSeconds = 300;
      let now = 10_000;
      let panel: StoredPanel = emptyPanel;
      for (const pause of pauses) {
        now += pause;
        const oldest = now - windowSeconds;
        const from = Math.max(oldest, (panel.toSeconds ?? 0) - overlapSeconds);
        panel = merged(panel, data(truth(from, now)), { fromSeconds: from, toSeconds: now }, oldest);
      }
      expect(panel.series[0]?.points).toEqual(truth(now - windowSeconds, now));
    }),
  );
});

it('takes a later answer for the truth of its span', () => {
  const first = merged(
    emptyPanel,
    data([
      [1, 1],
      [2, 2],
      [3, 9],
    ]),
    { fromSeconds: 1, toSeconds: 3 },
    0,
  );
  const second = merged(
    first,
    data([
      [3, 3],
      [4, 4],
    ]),
    { fromSeconds: 3, toSeconds: 4 },
    0,
  );
  expect(second.series[0]?.points).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ]);
});

it('keeps what is drawn when a source does not answer', () => {
  const first = merged(emptyPanel, data([[1, 1]]), { fromSeconds: 1, toSeconds: 1 }, 0);
  const problem = { series: [], lines: [], problem: 'Prometheus does not answer' };
  const second = merged(first, problem, { fromSeconds: 2, toSeconds: 2 }, 0);
  expect(second).toEqual({ ...first, problem: 'Prometheus does not answer' });
});

it('has no value of a series that has ended', () => {
  const series = { query: 0, name: 'a', points: truth(1, 5) };
  expect(lastOf(series, 6)).toBe(10);
  expect(lastOf(series, 60)).toBeNull();
});
