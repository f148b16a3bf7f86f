import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { scaledProduction } from './scaled-production.ts';

it.each([
  ['sloPeriod: 12h', 'sloPeriod: 11h', "spec.sloPeriod: 11h × 60 is not production's 30d: write 12h"],
  [
    'longWindow: 72m',
    'longWindow: 70m',
    "spec.ticket.slow.longWindow: 1h10m × 60 is not production's 3d: write 1h12m",
  ],
  [
    'shortWindow: 5s',
    'shortWindow: 6s',
    "spec.page.quick.shortWindow: 6s × 60 is not production's 5m: write 5s",
  ],
  ['Percent: 5,', 'Percent: 4,', "spec.page.slow.errorBudgetPercent: 4 % is not production's 5 %: write 5"],
])('finds drill windows that are not production ÷ 60: %s → %s', (from, to, expected) => {
  expect(windowsFlaws(scaledProduction)).toEqual([]);
  expect(windowsFlaws(scaledProduction, [from, to])).toEqual([expected]);
});
