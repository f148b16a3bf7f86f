import { readSelection } from '../../catalogue/selector.ts';
import type { LintRule, SpecToLint } from '../rule.ts';

/** Errors of some requests over the total of others is no ratio. */
export const sameOperations: LintRule<SpecToLint> = {
  name: 'same-operations',
  find: ({ spec }) =>
    spec.slos.flatMap(({ sli: { events } }, index) => {
      const [error, total] = [events.error_query, events.total_query].map((query) =>
        readSelection(query).operations.toSorted().join('|'),
      );
      if (error === total) return [];
      const problem = `counts ${error}, but total_query ${total}`;
      const path = ['slos', index, 'sli', 'events', 'error_query'];
      return [{ path, problem, fix: 'select the same operations in both' }];
    }),
};
