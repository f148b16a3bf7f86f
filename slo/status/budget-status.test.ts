import { levelByNumber } from '@firedrill/topology';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sloCatalogue } from '../catalogue.ts';
import { budgetStatus } from './budget-status.ts';

const slo = sloCatalogue(1)[0]!;
const level = levelByNumber(1);

it('weighs events and not time: 100 of 20,000 at 99 % leave half', () => {
  const count = { events: 20_000, syntheticEvents: 0, badEvents: 100 };
  expect(budgetStatus(slo, level, '12h', count)).toMatchObject({
    allowedEvents: 200,
    remainingEvents: 100,
    remainingRatio: 0.5,
  });
});

it('is whole while nobody asks', () => {
  const count = { events: 0, syntheticEvents: 0, badEvents: 0 };
  expect(budgetStatus(slo, level, '12h', count)).toMatchObject({ remainingEvents: 0, remainingRatio: 1 });
});

it('is overspent below 0, and never NaN', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), (good, badEvents) => {
      const count = { events: good + badEvents, syntheticEvents: good, badEvents };
      const status = budgetStatus(slo, level, '12h', count);
      expect(Object.values(status).filter((value) => Number.isNaN(value))).toEqual([]);
      expect(status.remainingRatio < 0).toBe(badEvents > status.allowedEvents);
    }),
  );
});
