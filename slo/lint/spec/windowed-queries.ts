import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** A query with a window of its own gives every leg of the alert the same ratio. */
export const windowedQueries: LintRule<SpecToLint> = {
  name: 'windowed-queries',
  find: ({ spec }) =>
    eventQueries(spec)
      .filter(({ query }) => !query.includes('[{{.window}}]'))
      .map(({ path }) => ({ path, problem: 'has no [{{.window}}]', fix: 'let Sloth fill in the window' })),
};
