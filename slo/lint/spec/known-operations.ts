import { trafficShare } from '../../traffic.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** A misspelt operation selects nothing: no SLI, no alert, and nobody notices. */
export const knownOperations: LintRule<SpecToLint> = {
  name: 'known-operations',
  find: ({ spec }) =>
    eventQueries(spec).flatMap(({ path, selection: { operations } }) => {
      const unknown = operations.filter((operation) => !Object.hasOwn(trafficShare, operation));
      if (operations.length > 0 && unknown.length === 0) return [];
      const problem =
        unknown.length > 0 ? `no operation is called ${unknown.join(', ')}` : 'selects no operation';
      return [{ path, problem, fix: `use ${Object.keys(trafficShare).join(', ')}` }];
    }),
};
