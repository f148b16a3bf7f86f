import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CounterGrowth } from './counter-growth.ts';

const sum = (values: readonly number[]): number => values.reduce((total, more) => total + more, 0);
const growth = (values: readonly number[], until = -1): CounterGrowth => {
  const counter = new CounterGrowth(until);
  counter.add(values.map((value, seconds) => ({ seconds, value })));
  return counter;
};

it('counts differences, and after a reset anew', () => {
  expect(growth([]).total).toBe(0);
  expect(growth([7]).total).toBe(0);
  expect(growth([7, 7, 9]).total).toBe(2);
  expect(growth([7, 9, 0, 4, 3]).total).toBe(2 + 0 + 4 + 3);
});

it('tells what was made up', () => {
  const counter = growth([0, 10, 20, 0, 5], 2);
  expect([counter.total, counter.before]).toEqual([25, 20]);
});

it('is the number of events, however a restarting client was scraped and the answer was cut', () => {
  const run = fc.array(fc.array(fc.nat(9), { minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(run, fc.nat(20), (runs, cut) => {
      // Each run of the client begins at 0; its events come between two scrapes.
      const values = runs.flatMap((events) => [0, ...events.map((_, at) => sum(events.slice(0, at + 1)))]);
      const samples = values.map((value, seconds) => ({ seconds, value }));
      const counter = new CounterGrowth(-1);
      counter.add(samples.slice(0, cut));
      counter.add(samples.slice(cut));
      expect(counter.total).toBe(sum(runs.flat()));
    }),
  );
});
