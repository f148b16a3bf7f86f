import { readCounterTerms } from '../../catalogue/counters.ts';
import { readMatchers, selectedValues } from '../../catalogue/matchers.ts';
import { clientOutcomes } from '../../client-series.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { knownSeries } from './known-series.ts';

/** An error that is not in the total makes a ratio of no events: a total outage would be x/0. */
export const errorsInTotal: LintRule<SpecToLint> = {
  name: 'errors-in-total',
  find: (input) =>
    input.spec.slos.flatMap(({ sli: { events } }, index) => {
      // What a misspelt query selects nobody knows.
      if (knownSeries.find(input).some(({ path }) => path[1] === index)) return [];
      const counted = outcomesOf(events.total_query);
      const missing = outcomesOf(events.error_query).filter((outcome) => !counted.includes(outcome));
      if (missing.length === 0) return [];
      return [
        {
          path: ['slos', index, 'sli', 'events', 'total_query'],
          problem: `does not count ${missing.join(' and ')} requests, which error_query does`,
          fix: `select outcome=~"${[...new Set([...counted, ...missing])].join('|')}"`,
        },
      ];
    }),
};

const outcomesOf = (query: string): readonly string[] =>
  (readCounterTerms(query) ?? []).flatMap(({ selector }) =>
    selectedValues(readMatchers(selector).matchers, 'outcome', clientOutcomes),
  );
