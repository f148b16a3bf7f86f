import { expect, it } from 'vitest';
import { LogBudget } from './log-budget.ts';

it('lets twenty lines of a cause through in a second, then says how many it left out', () => {
  let now = 0;
  const budget = new LogBudget(() => now);
  const taken = Array.from({ length: 25 }, () => budget.take('busy'));
  expect(taken.filter((line) => line.write)).toHaveLength(20);
  expect(budget.take('other')).toEqual({ write: true, leftOut: 0 });
  now = 1000;
  expect(budget.take('busy')).toEqual({ write: true, leftOut: 5 });
  expect(budget.take('busy')).toEqual({ write: true, leftOut: 0 });
});
