import { readCounterTerms } from '../../catalogue/counters.ts';
import { readSelection, type Selection } from '../../catalogue/selector.ts';
import type { Spec } from '../../catalogue/spec.ts';
import type { Flaw, Path } from '../finding.ts';

/** One of the two queries of an SLO, with what it selects. */
export interface EventQuery {
  readonly path: Path;
  readonly query: string;
  readonly selection: Selection;
}

export function eventQueries(spec: Spec): readonly EventQuery[] {
  return spec.slos.flatMap(({ sli }, index) =>
    (['error_query', 'total_query'] as const).map((field) => ({
      path: ['slos', index, 'sli', 'events', field],
      query: sli.events[field],
      selection: readSelection(sli.events[field]),
    })),
  );
}

/** What is wrong with the selectors of an SLO's counters: of each query the first that has something. */
export const selectorFlaws = (
  spec: Spec,
  flawOf: (selector: string) => Pick<Flaw, 'problem' | 'fix'> | undefined,
): readonly Flaw[] =>
  eventQueries(spec).flatMap(({ path, query }) =>
    (readCounterTerms(query) ?? [])
      .flatMap(({ selector }) => flawOf(selector) ?? [])
      .slice(0, 1)
      .map((flaw) => ({ path, ...flaw })),
  );
