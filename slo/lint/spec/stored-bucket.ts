import { formatLe } from '../../history/quiet-history.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** Prometheus 3 stores whole bounds as floats: `le="1"` selects nothing, and every good answer would count as slow. */
export const storedBucket: LintRule<SpecToLint> = {
  name: 'stored-bucket',
  find: ({ spec }) =>
    eventQueries(spec).flatMap(({ path, selection: { le } }) => {
      if (le === undefined || le === formatLe(Number(le))) return [];
      const problem = `le="${le}" selects nothing: Prometheus 3 stores whole bounds as floats`;
      return [{ path, problem, fix: `write le="${formatLe(Number(le))}"` }];
    }),
};
