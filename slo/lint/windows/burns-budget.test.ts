import { expect, it } from 'vitest';
import { windowsFlaws } from '../testing/flaws.ts';
import { burnsBudget } from './burns-budget.ts';

const slowTicket = 'errorBudgetPercent: 10, shortWindow: 6m';
const percent = (value: number) => [slowTicket, slowTicket.replace('10', String(value))] as const;

it('finds a leg that fires while the objective is kept', () => {
  expect(windowsFlaws(burnsBudget)).toEqual([]);
  expect(windowsFlaws(burnsBudget, percent(9))).toEqual([
    'spec.ticket.slow.errorBudgetPercent: burns at 0.9 times the budget and fires while the objective is kept: take at least 10',
  ]);
});

it.each([0, -1])('leaves %d %% of the budget to the rule about that', (value) => {
  expect(windowsFlaws(burnsBudget, percent(value))).toEqual([]);
});

it('leaves a window over the period to the rule about that', () => {
  expect(windowsFlaws(burnsBudget, ['longWindow: 72m', 'longWindow: 13h'])).toEqual([]);
});
