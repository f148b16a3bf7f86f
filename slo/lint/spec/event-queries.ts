import { readSelection, type Selection } from '../../catalogue/selector.ts';
import type { Spec } from '../../catalogue/spec.ts';
import type { Path } from '../finding.ts';

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
