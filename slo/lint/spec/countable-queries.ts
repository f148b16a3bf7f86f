import { readCounterTerms } from '../../catalogue/counters.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** A budget is counted event by event, from the counters themselves: `increase()` and the like only estimate them. */
export const countableQueries: LintRule<SpecToLint> = {
  name: 'countable-queries',
  find: ({ spec }) =>
    eventQueries(spec)
      // Without its window it is no such query either, and told so already.
      .filter(({ query }) => query.includes('[{{.window}}]') && readCounterTerms(query) === undefined)
      .map(({ path }) => ({
        path,
        problem: 'is no sum or difference of sum(rate(…)), so its events cannot be counted',
        fix: 'write it as sum(rate(counter{…}[{{.window}}])), or as a difference of two',
      })),
};
