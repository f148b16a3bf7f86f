import { levelByNumber } from '@firedrill/topology';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sloCatalogue } from '../catalogue.ts';
import { budgetCost, budgetEvents30d, eventRate } from './event-budget.ts';

const level = levelByNumber(1);
const checkout = sloCatalogue(1).find((slo) => slo.name === 'checkout-availability')!;

describe('the budget', () => {
  it('is 51,840 bad checkouts in 30 days at 2/s and 99 %', () => {
    expect(eventRate(checkout, level)).toBeCloseTo(2, 12);
    expect(budgetEvents30d(checkout, level)).toBeCloseTo(51_840, 6);
  });

  it('prices 60 failed checkouts: 30 s of full outage, 0.116 % of 30 days, 6.94 % of a drill', () => {
    const cost = budgetCost(checkout, level, 60);
    expect(cost.fullOutageSeconds).toBeCloseTo(30, 9);
    expect(cost.percentOf30d).toBeCloseTo(0.115_74, 5);
    expect(cost.percentOfDrillTimes60).toBeCloseTo(6.944_44, 5);
  });

  it('scales a lab that sends a tenth of the declared load', () => {
    const tenth = { ...level, seedRps: 100 };
    const cost = budgetCost(checkout, tenth, 60);
    expect(cost.badEvents).toBe(60);
    expect(cost.fullOutageSeconds).toBeCloseTo(30, 9);
    expect(cost.percentOf30d).toBeCloseTo(budgetCost(checkout, level, 60).percentOf30d, 9);
  });

  it('adds up, and is never NaN', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (one, other) => {
        const sum =
          budgetCost(checkout, level, one).percentOf30d + budgetCost(checkout, level, other).percentOf30d;
        expect(budgetCost(checkout, level, one + other).percentOf30d).toBeCloseTo(sum, 6);
      }),
    );
    expect(budgetCost(checkout, level, 0)).toMatchObject({ fullOutageSeconds: 0, percentOf30d: 0 });
  });
});
