import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { countableQueries } from './countable-queries.ts';

it.each([
  ['increase', 'sum(rate(', 'sum(increase('],
  ['no sum', 'sum(rate(client', '(rate(client'],
  ['another operation', 'outcome="bad"}[{{.window}}]))', 'outcome="bad"}[{{.window}}])) * 2'],
])('finds a query whose events cannot be counted: %s', (_what, from, to) => {
  expect(specFlaws(countableQueries)).toEqual([]);
  expect(specFlaws(countableQueries, [from, to])).toEqual([
    expect.stringMatching(
      /^slos\.0\.sli\.events\.error_query: is no sum or difference of sum\(rate\(…\)\), /,
    ),
  ]);
});

it('leaves a query without its window to the rule about that', () => {
  expect(specFlaws(countableQueries, ['[{{.window}}]', '[5m]'])).toEqual([]);
});
