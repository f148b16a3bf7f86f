import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { errorsInTotal } from './errors-in-total.ts';

it('finds a total that leaves the errors out', () => {
  expect(specFlaws(errorsInTotal)).toEqual([]);
  expect(specFlaws(errorsInTotal, ['outcome=~"good|bad"', 'outcome="good"'])).toEqual([
    'slos.0.sli.events.total_query: does not count bad requests, which error_query does: select outcome=~"good|bad"',
  ]);
});

it('leaves a misspelt label to the rule about that', () => {
  expect(specFlaws(errorsInTotal, ['outcome="bad"', 'outcom="bad"'])).toEqual([]);
});
