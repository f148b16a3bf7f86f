import { clientBucketSeconds } from '../../client-series.ts';
import { formatLe } from '../../history/quiet-history.ts';
import type { Flaw } from '../finding.ts';
import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** A bucket that is not stored selects nothing: no SLI, no alert. Prometheus 3 stores whole bounds as floats. */
export const storedBucket: LintRule<SpecToLint> = {
  name: 'stored-bucket',
  find: ({ spec }) =>
    eventQueries(spec).flatMap(({ path, selection: { le } }): readonly Flaw[] => {
      if (le === undefined) return [];
      const stored = clientBucketSeconds.map(formatLe);
      if (stored.includes(le)) return [];
      const asStored = formatLe(Number(le));
      const fix = stored.includes(asStored) ? `write le="${asStored}"` : `use one of ${stored.join(', ')}`;
      return [{ path, problem: `le="${le}" selects no bucket of the load client`, fix }];
    }),
};
