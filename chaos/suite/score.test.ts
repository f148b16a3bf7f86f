import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreOf, scoreText } from './score.ts';
import type { CellResult } from './suite-result.ts';

type Scored = Pick<CellResult, 'verdict' | 'wanted' | 'control'>;

const verdicts = ['pass', 'fail', 'inconclusive', 'aborted', 'missing'] as const;
const anyCell: fc.Arbitrary<Scored> = fc.record({
  verdict: fc.constantFrom(...verdicts),
  wanted: fc.constant('pass' as const),
  control: fc.boolean(),
});
const isKnown = ({ verdict }: Scored): boolean => verdict === 'pass' || verdict === 'fail';
const scored = (cells: readonly Scored[]) => cells.filter(({ control }) => !control);

test('a score is bounded by 0 and 100 and has one end only when every cell is known', () => {
  fc.assert(
    fc.property(fc.array(anyCell), (cells) => {
      const { atLeast, atMost } = scoreOf(cells);
      expect(atLeast).toBeGreaterThanOrEqual(0);
      expect(atMost).toBeGreaterThanOrEqual(atLeast);
      expect(atMost).toBeLessThanOrEqual(100);
      const known = scored(cells).every(isKnown) && scored(cells).length > 0;
      expect(atLeast === atMost).toBe(known);
    }),
  );
});

test('whatever the unknown cells turn out to be, the score was between its ends', () => {
  fc.assert(
    fc.property(fc.array(anyCell), fc.infiniteStream(fc.boolean()), (cells, coins) => {
      const before = scoreOf(cells);
      const learnt = cells.map((cell): Scored => {
        if (isKnown(cell)) return cell;
        return { ...cell, verdict: coins.next().value === true ? 'pass' : 'fail' };
      });
      const { atLeast, atMost, cells: count } = scoreOf(learnt);
      if (count === 0) return;
      expect(atLeast).toBeGreaterThanOrEqual(before.atLeast);
      expect(atMost).toBeLessThanOrEqual(before.atMost);
    }),
  );
});

test('a failure costs, and only all passed is 100', () => {
  fc.assert(
    fc.property(fc.array(anyCell), (cells) => {
      const worse = scoreOf([...cells, { verdict: 'fail', wanted: 'pass', control: false }]);
      expect(worse.atMost).toBeLessThan(100);
      expect(worse.atLeast).toBeLessThanOrEqual(scoreOf(cells).atLeast);
      const { atLeast } = scoreOf(cells);
      expect(atLeast === 100).toBe(
        scored(cells).length > 0 && scored(cells).every(({ verdict }) => verdict === 'pass'),
      );
    }),
  );
});

test('says how much nobody knows', () => {
  const cell = (verdict: Scored['verdict']): Scored => ({ verdict, wanted: 'pass', control: false });
  expect(scoreText(scoreOf([cell('pass'), cell('fail'), cell('pass')]))).toBe('66.6 of 100');
  expect(scoreText(scoreOf([cell('pass'), cell('missing'), cell('fail'), cell('inconclusive')]))).toBe(
    'between 25 and 75 of 100 (2 of 4 cells unknown)',
  );
  expect(scoreText(scoreOf([]))).toBe('between 0 and 100 of 100 (0 of 0 cells unknown)');
});
